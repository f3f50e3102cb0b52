#include "guestroot.h"

#include "cleanup.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Linux's own numbers, Documentation/admin-guide/devices.txt. */
static const struct {
	const char *name;
	unsigned int major_number;
	unsigned int minor_number;
} devices[] = {
	{ "null", 1, 3 }, { "zero", 1, 5 }, { "full", 1, 7 }, { "random", 1, 8 }, { "urandom", 1, 9 }, { "tty", 5, 0 },
};

static const struct {
	const char *name;
	const char *target;
} links[] = {
	{ "ptmx", "pts/ptmx" },
	{ "fd", "/proc/self/fd" },
	{ "stdin", "/proc/self/fd/0" },
	{ "stdout", "/proc/self/fd/1" },
	{ "stderr", "/proc/self/fd/2" },
};

/* A node can't be made in a user namespace; the host's is mounted on an empty file. */
static int device_place(int dev, const char *name, unsigned int major_number, unsigned int minor_number,
			struct vs_error *error)
{
	char path[32];
	cleanup_close int device = -1;
	cleanup_close int place = openat(dev, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (place < 0)
		return vs_fail(error, "MountFailed", errno, "openat", name);
	snprintf(path, sizeof(path), "/dev/%s", name);
	device = vs_guestroot_device(path, major_number, minor_number, error);
	return device < 0 ? device : vs_guestroot_cover(device, place, name, error);
}

static int instance_place(int dev, const char *name, const char *type, const char *const *options,
			  unsigned int attributes, struct vs_error *error)
{
	cleanup_close int mount = vs_guestroot_mount(dev, name, type, options, attributes, error);

	return mount < 0 ? mount : 0;
}

static int fill(int dev, struct vs_error *error)
{
	/* Bounded: the kernel's own limit is one for all guests, and for the host. */
	static const char *const terminal_options[] = { "ptmxmode", "0666", "mode", "0620", "gid", "5", "max", "512", NULL };
	static const char *const shared_options[] = { "mode", "1777", NULL };
	const unsigned int quiet = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < sizeof(devices) / sizeof(devices[0]); i++)
		r = device_place(dev, devices[i].name, devices[i].major_number, devices[i].minor_number, error);
	for (size_t i = 0; r >= 0 && i < sizeof(links) / sizeof(links[0]); i++)
		if (symlinkat(links[i].target, dev, links[i].name) < 0)
			r = vs_fail(error, "MountFailed", errno, "symlinkat", links[i].name);
	if (r >= 0)
		r = instance_place(dev, "pts", "devpts", terminal_options, quiet, error);
	if (r >= 0)
		r = instance_place(dev, "shm", "tmpfs", shared_options, quiet | MOUNT_ATTR_NODEV, error);
	if (r >= 0)
		r = instance_place(dev, "mqueue", "mqueue", NULL, quiet | MOUNT_ATTR_NODEV, error);
	return r;
}

int vs_guestroot_dev(int root, struct vs_error *error)
{
	/* Bounded: a guest that fills its /dev fills these and nothing else. */
	static const char *const options[] = { "mode", "755", "size", "1m", "nr_inodes", "4096", NULL };
	cleanup_close int dev =
		vs_guestroot_mount(root, "dev", "tmpfs", options, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, error);

	return dev < 0 ? dev : fill(dev, error);
}
