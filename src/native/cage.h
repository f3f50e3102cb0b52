/*
 * A place in which a program of the host reads files that nobody trusts. A file made to break its reader breaks it
 * where there is nothing to reach: a root in memory with the host's programs read-only and copies of the files, no
 * network, no other processes, ids that nobody has, no capabilities, and limits on memory, time and what it may write.
 */
#pragma once

#include "error.h"

#include <stdint.h>
#include <sys/types.h>

#define VS_CAGE_FILES 8

struct vs_cage {
	/* The files, opened, and their names in /files of the cage. */
	int files[VS_CAGE_FILES];
	const char *names[VS_CAGE_FILES];
	unsigned int count;
	/* Bytes that may be written there, the copies among them. */
	uint64_t space;
	/* NULL-terminated; an absolute path of the host and what it is given. */
	char **arguments;
};

/*
 * Starts the program with the caller's stdin, stdout and stderr; it tells its error on the second of the
 * channel's ends before it runs, and does not run when nobody has the first. Returns its pid.
 */
pid_t vs_cage_clone(const struct vs_cage *cage, int ends[2], int *ret_pidfd, struct vs_error *error);
