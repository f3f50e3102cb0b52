/*
 * Removing trees of any depth with three descriptors: what is to go is renamed into a trash folder, and so is each
 * subfolder found in there, until everything in it is flat.
 */
#pragma once

#include "error.h"

#include <stdint.h>

struct vs_trash {
	/* A folder on the same mount. Entries called t<number> are rubbish; others are left alone. */
	int folder;
	uint64_t next;
	/* Names unlinked so far. */
	uint64_t removed;
};

/* Removes a name: a folder goes to the trash, anything else at once. No such name is fine. */
int vs_trash_remove(struct vs_trash *trash, int directory, const char *name, struct vs_error *error);

/* Deletes all rubbish. */
int vs_trash_empty(struct vs_trash *trash, struct vs_error *error);
