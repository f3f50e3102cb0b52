#include "guestroot.h"

#include "cleanup.h"
#include "kernel.h"

#include <fcntl.h>
#include <linux/mount.h>

static const unsigned int quiet = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;

static int run_make(int root, struct vs_error *error)
{
	/* Bounded, as dev is. Debian's systemd wants the second one. */
	static const char *const run_options[] = { "mode", "755", "size", "64m", "nr_inodes", "65536", NULL };
	static const char *const lock_options[] = { "mode", "1777", "size", "5m", "nr_inodes", "4096", NULL };
	cleanup_close int run = vs_guestroot_mount(root, "run", "tmpfs", run_options, quiet, error);
	cleanup_close int lock = -1;

	if (run < 0)
		return run;
	lock = vs_guestroot_mount(run, "lock", "tmpfs", lock_options, quiet | MOUNT_ATTR_NOEXEC, error);
	return lock < 0 ? lock : 0;
}

static int cgroup_make(int root, struct vs_error *error)
{
	cleanup_close int instance = -1;
	/* Crosses from the tree to the sys that was mounted there, so without NO_XDEV. */
	cleanup_close int place = vs_openat2(root, "sys/fs/cgroup", O_PATH | O_DIRECTORY, 0,
					     RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);

	if (place < 0)
		return vs_fail(error, "MountFailed", place, "openat2", "sys/fs/cgroup");
	instance = vs_guestroot_instance("cgroup2", NULL, quiet | MOUNT_ATTR_NOEXEC, error);
	return instance < 0 ? instance : vs_guestroot_cover(instance, place, "sys/fs/cgroup", error);
}

int vs_guestroot_systemd(int root, struct vs_error *error)
{
	int r = run_make(root, error);

	return r < 0 ? r : cgroup_make(root, error);
}
