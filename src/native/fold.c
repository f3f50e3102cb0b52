#include "fold.h"

#include "cleanup.h"
#include "kernel.h"
#include "metadata.h"
#include "overlay_xattr.h"
#include "report.h"
#include "stage.h"
#include "text.h"
#include "trash.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>

struct fold {
	struct vs_trash trash;
	struct vs_settled settled;
	int cancel_fd;
	struct vs_error *error;
};

static int fail(struct fold *fold, const char *call, const char *name)
{
	return vs_fail(fold->error, "SettleFailed", errno, call, name);
}

static int fold_folder(struct fold *fold, int upper, int tree, unsigned int depth);

/*
 * What we take out of a folder changes its mtime, which an interrupted run must still know when it is resumed: it is
 * kept in an attribute of the folder that goes away.
 */
static int times_save(struct fold *fold, int upper, struct timespec times[2])
{
	char text[48];
	long long seconds;
	long nanoseconds;
	struct stat status;

	if (fstat(upper, &status) < 0)
		return fail(fold, "fstat", "");
	times[0] = status.st_atim;
	times[1] = status.st_mtim;
	if (vs_metadata_text(upper, VS_SETTLE_MTIME, text, sizeof(text)) > 0 &&
	    sscanf(text, "%lld.%ld", &seconds, &nanoseconds) == 2) {
		times[1] = (struct timespec){ .tv_sec = seconds, .tv_nsec = nanoseconds };
		return 0;
	}
	snprintf(text, sizeof(text), "%lld.%09ld", (long long)times[1].tv_sec, times[1].tv_nsec);
	return fsetxattr(upper, VS_SETTLE_MTIME, text, strlen(text), 0) < 0 ? fail(fold, "fsetxattr", "") : 0;
}

/* The folder of the tree that one of upper continues, made when there is none. */
static int lower_open(struct fold *fold, int tree, const char *name)
{
	for (int tries = 0; tries < 2; tries++) {
		int fd = vs_openat2(tree, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, VS_BENEATH);

		if (fd >= 0)
			return fd;
		if (fd != -ENOENT && fd != -ENOTDIR && fd != -ELOOP)
			return vs_fail(fold->error, "SettleFailed", fd, "openat2", name);
		if (fd != -ENOENT && vs_trash_remove(&fold->trash, tree, name, fold->error) < 0)
			return -EIO;
		if (mkdirat(tree, name, 0700) < 0)
			return fail(fold, "mkdirat", name);
	}
	return vs_fail(fold->error, "SettleFailed", EIO, "openat2", name);
}

static int attribute_drop(struct fold *fold, int fd, const char *attribute)
{
	if (fremovexattr(fd, attribute) < 0 && errno != ENODATA && errno != ENOTSUP)
		return fail(fold, "fremovexattr", attribute);
	return 0;
}

/*
 * A renamed folder comes out of the stage. Not there any more: an earlier run has placed it, and what has its name in
 * the tree is the folder itself.
 */
static int redirect_place(struct fold *fold, int upper, int tree, const char *name)
{
	char place[VS_STAGE_NAME];
	struct stat status;
	int r;

	if (fstat(upper, &status) < 0)
		return fail(fold, "fstat", name);
	vs_stage_name(status.st_ino, place);
	if (faccessat(fold->trash.folder, place, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
		r = vs_trash_remove(&fold->trash, tree, name, fold->error);
		if (r < 0)
			return r;
		if (renameat(fold->trash.folder, place, tree, name) < 0)
			return fail(fold, "renameat", name);
	}
	return attribute_drop(fold, upper, VS_OVERLAY_REDIRECT);
}

/*
 * An opaque folder hides all of the tree's. The mark goes before anything is moved in, or a second run would remove
 * that.
 */
static int opaque_place(struct fold *fold, int upper, int tree, const char *name)
{
	int r = attribute_drop(fold, upper, VS_OVERLAY_REDIRECT);

	if (r >= 0)
		r = vs_trash_remove(&fold->trash, tree, name, fold->error);
	if (r >= 0)
		r = attribute_drop(fold, upper, VS_OVERLAY_OPAQUE);
	return r;
}

static int folder_place(struct fold *fold, int upper, int tree, const char *name)
{
	char value[VS_REDIRECT_SIZE];

	if (vs_metadata_is_opaque(upper))
		return opaque_place(fold, upper, tree, name);
	if (vs_metadata_text(upper, VS_OVERLAY_REDIRECT, value, sizeof(value)) > 0)
		return redirect_place(fold, upper, tree, name);
	return 0;
}

static int fold_subfolder(struct fold *fold, const struct vs_walk *walk, int tree)
{
	cleanup_close int lower = -1;
	cleanup_close int upper = vs_walk_enter(walk, fold->error);
	int r;

	if (upper < 0)
		return upper;
	r = folder_place(fold, upper, tree, walk->name);
	if (r < 0)
		return r;
	lower = lower_open(fold, tree, walk->name);
	if (lower < 0)
		return lower;
	r = fold_folder(fold, upper, lower, walk->depth + 1);
	if (r < 0)
		return r;
	if (unlinkat(vs_walk_folder(walk), walk->name, AT_REMOVEDIR) < 0)
		return fail(fold, "rmdir", walk->name);
	return 0;
}

/* A whiteout of the kernel's own making is a character device 0:0. */
static int is_whiteout(const struct vs_walk *walk)
{
	struct stat status;

	if (walk->type != DT_CHR)
		return 0;
	if (fstatat(vs_walk_folder(walk), walk->name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	return status.st_rdev == 0;
}

static int fold_whiteout(struct fold *fold, const struct vs_walk *walk, int tree)
{
	int r = vs_trash_remove(&fold->trash, tree, walk->name, fold->error);

	if (r < 0)
		return r;
	return unlinkat(vs_walk_folder(walk), walk->name, 0) < 0 ? fail(fold, "unlinkat", walk->name) : 0;
}

static int fold_file(struct fold *fold, const struct vs_walk *walk, int tree)
{
	int r = vs_metadata_scrub(vs_walk_folder(walk), walk->name, fold->error);

	if (r != 0)
		return r < 0 ? r : fold_whiteout(fold, walk, tree);
	fold->settled.moved++;
	if (renameat(vs_walk_folder(walk), walk->name, tree, walk->name) == 0)
		return 0;
	if (errno != EISDIR)
		return fail(fold, "renameat", walk->name);
	r = vs_trash_remove(&fold->trash, tree, walk->name, fold->error);
	if (r < 0)
		return r;
	if (renameat(vs_walk_folder(walk), walk->name, tree, walk->name) < 0)
		return fail(fold, "renameat", walk->name);
	return 0;
}

static int fold_entry(struct fold *fold, const struct vs_walk *walk, int tree)
{
	int whiteout;

	if (fold->cancel_fd >= 0 && vs_report_is_cancelled(fold->cancel_fd))
		return vs_fail(fold->error, "Cancelled", ECANCELED, "settle", "");
	if (vs_walk_is_folder(walk))
		return fold_subfolder(fold, walk, tree);
	whiteout = is_whiteout(walk);
	if (whiteout < 0)
		return vs_fail(fold->error, "SettleFailed", whiteout, "fstatat", walk->name);
	return whiteout ? fold_whiteout(fold, walk, tree) : fold_file(fold, walk, tree);
}

/* Entries are taken out while the folder is read, so it is read until a pass finds none. */
static int fold_entries(struct fold *fold, int upper, int tree, unsigned int depth)
{
	cleanup_walk struct vs_walk walk = VS_WALK_NONE;
	int found;
	int r = vs_walk_open(&walk, upper, depth, fold->error);

	do {
		for (found = 0; r >= 0; found++) {
			r = vs_walk_next(&walk, fold->error);
			if (r <= 0)
				break;
			r = fold_entry(fold, &walk, tree);
		}
		vs_walk_again(&walk);
	} while (r >= 0 && found > 0);
	return r;
}

static int fold_folder(struct fold *fold, int upper, int tree, unsigned int depth)
{
	struct timespec times[2];
	int r = times_save(fold, upper, times);

	if (r >= 0)
		r = fold_entries(fold, upper, tree, depth);
	if (r >= 0)
		r = vs_metadata_copy(upper, tree, times, fold->error);
	fold->settled.folders++;
	return r;
}

int vs_fold(int upper, int tree, int staged, int cancel_fd, struct vs_settled *ret_settled, struct vs_error *error)
{
	struct fold fold = { .trash = { .folder = staged }, .cancel_fd = cancel_fd, .error = error };
	int r = fold_folder(&fold, upper, tree, 0);

	if (r >= 0)
		r = vs_trash_empty(&fold.trash, error);
	fold.settled.removed = fold.trash.removed;
	if (r >= 0)
		*ret_settled = fold.settled;
	return r;
}
