#include "guestroot.h"

#include "cleanup.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>

static const unsigned int kernel_attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;

/* Reading these tells of the host, writing the last one restarts it. */
static const char *const hidden_files[] = {
	"kcore",      "keys",	     "kallsyms",   "latency_stats", "timer_list",    "sched_debug",
	"kpagecount", "kpageflags", "kpagecgroup", "vmallocinfo",   "sysrq-trigger", NULL,
};

static const char *const hidden_folders[] = { "acpi", "asound", "scsi", "dynamic_debug", NULL };

static const char *const read_only_folders[] = { "bus", "fs", "irq", "sys", NULL };

/* The place to cover; -ENOENT where this kernel has none. */
static int place_open(int proc, const char *name, struct vs_error *error)
{
	int fd = vs_openat2(proc, name, O_PATH | O_NOFOLLOW, 0, VS_BENEATH);

	if (fd == -ENOENT)
		return fd;
	return fd < 0 ? vs_fail(error, "MountFailed", fd, "openat2", name) : fd;
}

static int file_hide(int proc, const char *name, struct vs_error *error)
{
	cleanup_close int null = -1;
	cleanup_close int place = place_open(proc, name, error);

	if (place < 0)
		return place == -ENOENT ? 0 : place;
	null = vs_guestroot_device("/dev/null", 1, 3, error);
	return null < 0 ? null : vs_guestroot_cover(null, place, name, error);
}

/* Covers a folder with itself, read-only or not. */
static int folder_bind(int proc, const char *name, unsigned int attributes, struct vs_error *error)
{
	cleanup_close int bind = -1;
	cleanup_close int place = place_open(proc, name, error);
	int r;

	if (place < 0)
		return place == -ENOENT ? 0 : place;
	bind = vs_open_tree(proc, name, OPEN_TREE_CLONE | AT_SYMLINK_NOFOLLOW);
	if (bind < 0)
		return vs_fail(error, "MountFailed", bind, "open_tree", name);
	r = vs_mount_setattr(bind, attributes, 0, -1, 0, 0);
	if (r < 0)
		return vs_fail(error, "MountFailed", r, "mount_setattr", name);
	return vs_guestroot_cover(bind, place, name, error);
}

/* Its own network's settings are the guest's: the clone is taken before the folder above it is covered. */
static int network_clone(int proc, struct vs_error *error)
{
	int fd = vs_open_tree(proc, "sys/net", OPEN_TREE_CLONE | AT_SYMLINK_NOFOLLOW);

	return fd < 0 && fd != -ENOENT ? vs_fail(error, "MountFailed", fd, "open_tree", "sys/net") : fd;
}

static int network_uncover(int proc, int network, struct vs_error *error)
{
	/* Crosses from proc to the read-only mount of sys on it, so without NO_XDEV. */
	cleanup_close int place = vs_openat2(proc, "sys/net", O_PATH | O_DIRECTORY, 0,
					     RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);

	if (place < 0)
		return vs_fail(error, "MountFailed", place, "openat2", "sys/net");
	return vs_guestroot_cover(network, place, "sys/net", error);
}

static int mask(int proc, struct vs_error *error)
{
	int r = 0;

	for (const char *const *name = hidden_files; r >= 0 && *name; name++)
		r = file_hide(proc, *name, error);
	for (const char *const *name = hidden_folders; r >= 0 && *name; name++)
		r = vs_guestroot_hide(proc, *name, error);
	for (const char *const *name = read_only_folders; r >= 0 && *name; name++)
		r = folder_bind(proc, *name, kernel_attributes | MOUNT_ATTR_RDONLY, error);
	return r;
}

int vs_guestroot_proc(int root, bool own_network, struct vs_error *error)
{
	cleanup_close int network = -1;
	cleanup_close int proc = vs_guestroot_mount(root, "proc", "proc", NULL, kernel_attributes, error);
	int r = proc;

	if (r >= 0 && own_network) {
		network = network_clone(proc, error);
		r = network == -ENOENT ? 0 : network;
	}
	if (r >= 0)
		r = mask(proc, error);
	if (r >= 0 && network >= 0)
		r = network_uncover(proc, network, error);
	return r < 0 ? r : 0;
}
