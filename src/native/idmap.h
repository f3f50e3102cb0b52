/* User namespaces and mounts seen through their id maps. */
#pragma once

#include "error.h"

#include <stdint.h>
#include <sys/types.h>

/* Ids in a guest's block. */
#define VS_ID_COUNT 65536U

/* Gives the user namespace of a process (pid as /proc counts it) the block that starts at base. */
int vs_idmap_write(pid_t pid, uint32_t base, struct vs_error *error);

/* Opens the user namespace of a process. */
int vs_idmap_open(pid_t pid, struct vs_error *error);

/*
 * A detached clone of the folder's mount with the folder as its top, nothing mounted below it, and owners seen through
 * the map of userns (-1: as they are).
 */
int vs_idmap_clone(int folder, int userns, struct vs_error *error);

/*
 * Opens the user namespace of a process that exists for this alone: what a probe needs to make id-mapped mounts.
 */
int vs_idmap_temporary(uint32_t base, struct vs_error *error);
