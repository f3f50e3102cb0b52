/*
 * A guest's delta: the two folders that the overlay writes to, and folding what is there into the guest's tree.
 *
 * Beside upper and work, the delta's folder holds while there is something to finish:
 *   settling/   settling has begun; renamed folders are being collected in it
 *   settled/    all renamed folders are in it; upper is being folded
 *   dropping/   what is to be deleted
 * A guest with any of them is finished first, before it is started or settled again.
 */
#pragma once

#include "error.h"

#include <stdbool.h>
#include <stdint.h>

struct vs_delta {
	/* The folder that holds upper and work. */
	int folder;
	/* The guest's tree, on the same mount. */
	int tree;
	/* Names of the two in folder. */
	const char *upper;
	const char *work;
};

#define VS_DELTA_NONE { .folder = -1, .tree = -1 }

/* What settling did. */
struct vs_settled {
	/* Files, links and nodes renamed into the tree. */
	uint64_t moved;
	/* Names of the tree that were removed. */
	uint64_t removed;
	/* Folders made or changed. */
	uint64_t folders;
};

/* Opens tree and delta; the delta's folder is made when missing. */
int vs_delta_open(const char *tree, const char *upper, const char *work, struct vs_delta *ret_delta,
		  struct vs_error *error);
void vs_delta_close(struct vs_delta *delta);
#define cleanup_delta __attribute__((cleanup(vs_delta_close)))

/* Finishes what was interrupted, then makes upper (as the tree's top is) and work. ret_is_new: upper was made. */
int vs_delta_prepare(const struct vs_delta *delta, bool *ret_is_new, struct vs_error *error);

/*
 * Folds upper into the tree. cancel_fd is a report whose reader may go away, or -1: then the work stops between two
 * steps with Cancelled, to be finished another time.
 */
int vs_delta_settle(const struct vs_delta *delta, int cancel_fd, struct vs_settled *ret_settled, struct vs_error *error);

/* Drops upper and work. A settling that had begun is finished instead: half of it is in the tree. */
int vs_delta_discard(const struct vs_delta *delta, struct vs_settled *ret_settled, struct vs_error *error);

/* 1 when upper holds nothing, or isn't there. */
int vs_delta_is_empty(const struct vs_delta *delta);
