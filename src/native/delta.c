#include "delta.h"

#include "cleanup.h"
#include "file.h"
#include "fold.h"
#include "kernel.h"
#include "metadata.h"
#include "stage.h"
#include "text.h"
#include "trash.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char settling[] = "settling";
static const char settled[] = "settled";
static const char dropping[] = "dropping";

static int folder_in(int directory, const char *name)
{
	return vs_openat2(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NOATIME, 0, VS_BENEATH);
}

static int folder_open(const char *upper, const char *work, struct vs_delta *delta, struct vs_error *error)
{
	char parent[PATH_MAX];
	size_t length;

	delta->upper = vs_text_base(upper);
	delta->work = vs_text_base(work);
	length = (size_t)(delta->upper - upper);
	if (length != (size_t)(delta->work - work) || strncmp(upper, work, length) != 0 || length >= sizeof(parent) ||
	    length < 2 || !delta->upper[0] || !delta->work[0] || strcmp(delta->upper, delta->work) == 0)
		return vs_fail_detail(error, "BadRequest", EINVAL, "request", "upper",
				      "upper and work must be two names in one folder");
	memcpy(parent, upper, length - 1);
	parent[length - 1] = '\0';
	delta->folder = vs_folder_open(parent, 1);
	if (delta->folder < 0)
		return vs_fail(error, "DeltaFailed", delta->folder, "open", parent);
	return 0;
}

int vs_delta_open(const char *tree, const char *upper, const char *work, struct vs_delta *ret_delta,
		  struct vs_error *error)
{
	cleanup_delta struct vs_delta delta = VS_DELTA_NONE;
	uint64_t tree_mount, delta_mount;
	int r;

	delta.tree = vs_folder_open(tree, 0);
	if (delta.tree < 0)
		return vs_fail(error, "TreeMissing", delta.tree, "open", tree);
	r = folder_open(upper, work, &delta, error);
	if (r < 0)
		return r;
	/* rename() works within one mount only, and settling is renames. */
	if (vs_mount_id(delta.tree, &tree_mount) < 0 || vs_mount_id(delta.folder, &delta_mount) < 0 ||
	    tree_mount != delta_mount)
		return vs_fail_detail(error, "StoreSplit", EXDEV, "statx", tree, "tree and delta are on two mounts");
	*ret_delta = delta;
	delta.tree = delta.folder = -1;
	return 0;
}

void vs_delta_close(struct vs_delta *delta)
{
	vs_close(&delta->tree);
	vs_close(&delta->folder);
}

static int make(const struct vs_delta *delta, const char *name, struct vs_error *error)
{
	int fd;

	if (mkdirat(delta->folder, name, 0700) < 0 && errno != EEXIST)
		return vs_fail(error, "SettleFailed", errno, "mkdirat", name);
	fd = folder_in(delta->folder, name);
	return fd < 0 ? vs_fail(error, "SettleFailed", fd, "openat2", name) : fd;
}

static int remove_empty(const struct vs_delta *delta, const char *name, struct vs_error *error)
{
	if (unlinkat(delta->folder, name, AT_REMOVEDIR) < 0 && errno != ENOENT)
		return vs_fail(error, "SettleFailed", errno, "rmdir", name);
	return 0;
}

/* First half: opens the folder "settled" with all renamed folders in it. */
static int stage(const struct vs_delta *delta, struct vs_error *error)
{
	cleanup_close int upper = -1;
	cleanup_close int to = folder_in(delta->folder, settled);
	int r;

	if (to >= 0)
		return vs_take(&to);
	to = make(delta, settling, error);
	if (to < 0)
		return to;
	upper = folder_in(delta->folder, delta->upper);
	if (upper < 0 && upper != -ENOENT)
		return vs_fail(error, "SettleFailed", upper, "openat2", delta->upper);
	r = upper < 0 ? 0 : vs_stage_collect(delta, upper, to, error);
	if (r < 0) {
		/* What can't be settled can still be started from, as long as nothing was moved. */
		unlinkat(delta->folder, settling, AT_REMOVEDIR);
		return r;
	}
	if (renameat(delta->folder, settling, delta->folder, settled) < 0)
		return vs_fail(error, "SettleFailed", errno, "renameat", settled);
	return vs_take(&to);
}

/* Second half. */
static int fold(const struct vs_delta *delta, int staged, int cancel_fd, struct vs_settled *ret_settled,
		struct vs_error *error)
{
	struct vs_trash trash = { .folder = staged };
	cleanup_close int upper = folder_in(delta->folder, delta->upper);
	int r;

	if (upper < 0 && upper != -ENOENT)
		return vs_fail(error, "SettleFailed", upper, "openat2", delta->upper);
	if (upper >= 0) {
		r = vs_fold(upper, delta->tree, staged, cancel_fd, ret_settled, error);
		if (r < 0)
			return r;
	}
	r = vs_trash_remove(&trash, delta->folder, delta->upper, error);
	if (r >= 0)
		r = vs_trash_remove(&trash, delta->folder, delta->work, error);
	if (r >= 0)
		r = vs_trash_empty(&trash, error);
	return r;
}

static bool has(const struct vs_delta *delta, const char *name)
{
	return faccessat(delta->folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int drop(const struct vs_delta *delta, struct vs_error *error)
{
	struct vs_trash trash = { .folder = -1 };
	cleanup_close int folder = make(delta, dropping, error);
	int r;

	if (folder < 0)
		return folder;
	trash.folder = folder;
	r = vs_trash_remove(&trash, delta->folder, delta->upper, error);
	if (r >= 0)
		r = vs_trash_remove(&trash, delta->folder, delta->work, error);
	if (r >= 0)
		r = vs_trash_empty(&trash, error);
	if (r >= 0)
		r = remove_empty(delta, dropping, error);
	return r;
}

/* An interrupted drop that had taken upper away is finished; one that had not has done nothing yet. */
static int drop_finish(const struct vs_delta *delta, struct vs_error *error)
{
	if (!has(delta, dropping))
		return 0;
	return has(delta, delta->upper) ? remove_empty(delta, dropping, error) : drop(delta, error);
}

int vs_delta_settle(const struct vs_delta *delta, int cancel_fd, struct vs_settled *ret_settled, struct vs_error *error)
{
	struct vs_settled done = { 0 };
	cleanup_close int staged = -1;
	int r = drop_finish(delta, error);

	if (r < 0)
		return r;
	staged = stage(delta, error);
	if (staged < 0)
		return staged;
	r = fold(delta, staged, cancel_fd, &done, error);
	if (r >= 0)
		r = remove_empty(delta, settled, error);
	if (r >= 0)
		*ret_settled = done;
	return r;
}

/* A settling that had moved nothing yet is taken back. */
static bool is_half_settled(const struct vs_delta *delta)
{
	if (unlinkat(delta->folder, settling, AT_REMOVEDIR) < 0 && errno != ENOENT)
		return true;
	return has(delta, settled);
}

int vs_delta_discard(const struct vs_delta *delta, struct vs_settled *ret_settled, struct vs_error *error)
{
	if (is_half_settled(delta))
		return vs_delta_settle(delta, -1, ret_settled, error);
	*ret_settled = (struct vs_settled){ 0 };
	return drop(delta, error);
}

static int resume(const struct vs_delta *delta, struct vs_error *error)
{
	struct vs_settled ignored;

	if (is_half_settled(delta))
		return vs_delta_settle(delta, -1, &ignored, error);
	return drop_finish(delta, error);
}

/* The overlay's top looks as upper does, so upper appears complete or not at all. */
static int upper_make(const struct vs_delta *delta, struct vs_error *error)
{
	static const char fresh[] = "upper.new";
	struct timespec times[2];
	struct stat status;
	cleanup_close int fd = -1;
	int r;

	if (mkdirat(delta->folder, fresh, 0700) < 0 && errno != EEXIST)
		return vs_fail(error, "DeltaFailed", errno, "mkdirat", fresh);
	fd = folder_in(delta->folder, fresh);
	if (fd < 0 || fstat(delta->tree, &status) < 0)
		return vs_fail(error, "DeltaFailed", fd < 0 ? fd : errno, "open", fresh);
	times[0] = status.st_atim;
	times[1] = status.st_mtim;
	r = vs_metadata_copy(delta->tree, fd, times, error);
	if (r < 0)
		return r;
	if (renameat(delta->folder, fresh, delta->folder, delta->upper) < 0)
		return vs_fail(error, "DeltaFailed", errno, "renameat", delta->upper);
	return 0;
}

int vs_delta_prepare(const struct vs_delta *delta, bool *ret_is_new, struct vs_error *error)
{
	bool is_new;
	int r = resume(delta, error);

	if (r < 0)
		return r;
	is_new = !has(delta, delta->upper);
	r = is_new ? upper_make(delta, error) : 0;
	if (r < 0)
		return r;
	if (mkdirat(delta->folder, delta->work, 0700) < 0 && errno != EEXIST)
		return vs_fail(error, "DeltaFailed", errno, "mkdirat", delta->work);
	*ret_is_new = is_new;
	return 0;
}

int vs_delta_is_empty(const struct vs_delta *delta)
{
	int r = vs_folder_is_empty(delta->folder, delta->upper);

	return r == -ENOENT ? 1 : r;
}
