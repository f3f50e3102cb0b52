/* Metadata of folders and overlayfs's own attributes. */
#pragma once

#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/*
 * Gives the folder "to" the owner, mode, extended attributes and times of the folder "from", writing only what
 * differs. times are those of "from" from before anything was taken out of it.
 */
int vs_metadata_copy(int from, int to, const struct timespec times[2], struct vs_error *error);

/*
 * Removes overlayfs's attributes from directory/name, which may be anything but a folder. Returns 1, with nothing
 * removed, when they say that it is a whiteout.
 */
int vs_metadata_scrub(int directory, const char *name, struct vs_error *error);

/* Whether overlayfs takes the open folder of an upper layer as hiding all that is below it. */
bool vs_metadata_is_opaque(int fd);

/* The value of a text attribute, NUL-terminated; -ENODATA when there is none. */
int vs_metadata_text(int fd, const char *attribute, char *value, size_t size);
