#include "verbs.h"

#include "cgroup.h"
#include "cleanup.h"
#include "delta.h"
#include "file.h"
#include "idmap.h"
#include "kernel.h"
#include "limits.h"
#include "overlay.h"
#include "report.h"
#include "sharing.h"
#include "trash.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <unistd.h>

/* Any block will do: nothing is ever written with its ids that isn't removed again. */
#define PROBE_BASE 1000000000U

static const struct vs_key keys[] = { { "tree", VS_REQUIRED }, { NULL, VS_OPTIONAL } };

/* A scratch folder below the one asked about, laid out as a store is. */
struct scratch {
	int parent;
	int folder;
	char name[40];
	/* Why there is none. */
	int refused;
};

static int feature(int report, const char *name, int result)
{
	struct vs_line line;

	vs_line_begin(&line, "feature");
	vs_line_text(&line, "name", name);
	vs_line_switch(&line, "ok", result >= 0);
	vs_line_number(&line, "errno", result < 0 ? -result : 0);
	return vs_line_send(&line, report);
}

static int scratch_make(const char *path, struct scratch *scratch, struct vs_error *error)
{
	static const char *const names[] = { "tree", "upper", "work" };

	scratch->parent = vs_folder_open(path, 0);
	if (scratch->parent < 0)
		return vs_fail(error, "TreeMissing", scratch->parent, "open", path);
	snprintf(scratch->name, sizeof(scratch->name), ".vserver-probe-%d", getpid());
	if (mkdirat(scratch->parent, scratch->name, 0700) < 0) {
		scratch->refused = -errno;
		return 0;
	}
	scratch->folder = vs_openat2(scratch->parent, scratch->name, O_RDONLY | O_DIRECTORY, 0, VS_BENEATH);
	for (size_t i = 0; scratch->folder >= 0 && i < 3; i++)
		if (mkdirat(scratch->folder, names[i], 0755) < 0)
			scratch->refused = -errno;
	return 0;
}

static void scratch_remove(struct scratch *scratch)
{
	struct vs_error ignored = { .id = "" };
	struct vs_trash trash = { .folder = scratch->folder };

	if (scratch->folder >= 0) {
		vs_trash_remove(&trash, scratch->folder, "tree", &ignored);
		vs_trash_remove(&trash, scratch->folder, "upper", &ignored);
		vs_trash_remove(&trash, scratch->folder, "work", &ignored);
		vs_trash_empty(&trash, &ignored);
		unlinkat(scratch->parent, scratch->name, AT_REMOVEDIR);
	}
	vs_close(&scratch->folder);
	vs_close(&scratch->parent);
}
#define cleanup_scratch __attribute__((cleanup(scratch_remove)))

/* An overlay of the scratch folders; userns -1: as the host's root. A mount that is read-only is none. */
static int overlay_try(const struct scratch *scratch, int userns)
{
	struct vs_error error = { .id = "" };
	cleanup_delta struct vs_delta delta = VS_DELTA_NONE;
	cleanup_close int mount = -1;
	cleanup_close int file = -1;

	if (scratch->refused < 0)
		return scratch->refused;
	delta.folder = fcntl(scratch->folder, F_DUPFD_CLOEXEC, 5);
	delta.tree = vs_openat2(scratch->folder, "tree", O_RDONLY | O_DIRECTORY, 0, VS_BENEATH);
	if (delta.folder < 0 || delta.tree < 0)
		return -EIO;
	delta.upper = "upper";
	delta.work = "work";
	mount = vs_overlay_mount(&delta, userns, PROBE_BASE, false, &error);
	if (mount < 0)
		return mount;
	setfsgid(userns < 0 ? 0 : PROBE_BASE);
	setfsuid(userns < 0 ? 0 : PROBE_BASE);
	file = openat(mount, userns < 0 ? "plain" : "mapped", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0)
		file = -errno;
	setfsuid(0);
	setfsgid(0);
	return file < 0 ? file : 0;
}

static int idmap_try(const struct scratch *scratch, int userns)
{
	struct vs_error error = { .id = "" };
	cleanup_close int mount = -1;

	if (userns < 0)
		return userns;
	mount = vs_idmap_clone(scratch->parent, userns, &error);
	return mount < 0 ? mount : 0;
}

static int cgroup_try(void)
{
	cleanup_close int top = vs_hierarchy_v2();

	return top < 0 ? top : 0;
}

static int pidfd_try(void)
{
	cleanup_close int pidfd = vs_pidfd_open(getpid());

	return pidfd < 0 ? pidfd : vs_pidfd_signal(pidfd, 0);
}

static int openat2_try(const struct scratch *scratch)
{
	cleanup_close int fd = vs_openat2(scratch->parent, ".", O_PATH | O_DIRECTORY, 0, VS_BENEATH);

	return fd < 0 ? fd : 0;
}

/* Set, read back and cleared again: some file systems take the flag and forget it. */
static int immutable_try(const struct scratch *scratch)
{
	cleanup_close int fd = -1;
	int flags = 0, seen = 0, r;

	if (scratch->refused < 0)
		return scratch->refused;
	fd = openat(scratch->folder, "tree/sealed", O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	r = vs_inode_flags(fd, &flags);
	if (r >= 0)
		r = vs_inode_set_flags(fd, flags | FS_IMMUTABLE_FL);
	if (r >= 0)
		r = vs_inode_flags(fd, &seen);
	if (r >= 0)
		r = vs_inode_set_flags(fd, flags & ~FS_IMMUTABLE_FL);
	if (r < 0)
		return r;
	return seen & FS_IMMUTABLE_FL ? 0 : -ENOTSUP;
}

static int run_probe(const struct vs_request *request, int report, struct vs_error *error)
{
	cleanup_scratch struct scratch scratch = { .parent = -1, .folder = -1 };
	struct vs_error userns_error = { .id = "" };
	cleanup_close int userns = -1;
	const char *path;
	int r = vs_request_path(request, "tree", &path, error);

	if (r >= 0)
		r = scratch_make(path, &scratch, error);
	if (r < 0)
		return r;
	userns = vs_idmap_temporary(PROBE_BASE, &userns_error);
	feature(report, "user-namespaces", userns);
	feature(report, "idmapped-mounts", idmap_try(&scratch, userns));
	feature(report, "overlay", overlay_try(&scratch, -1));
	feature(report, "overlay-idmapped", userns < 0 ? userns : overlay_try(&scratch, userns));
	feature(report, "cgroup-v2", cgroup_try());
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++) {
		const char *missing;

		feature(report, vs_limits_key(i), vs_limits_offered(i, &missing));
	}
	feature(report, "pidfd", pidfd_try());
	feature(report, "openat2", openat2_try(&scratch));
	feature(report, "hard-links", scratch.refused < 0 ? scratch.refused : vs_sharing_hard_link(scratch.folder));
	feature(report, "reflinks", scratch.refused < 0 ? scratch.refused : vs_sharing_reflink(scratch.folder));
	return feature(report, "immutable", immutable_try(&scratch));
}

const struct vs_verb vs_verb_probe = { .name = "probe", .keys = keys, .run = run_probe };
