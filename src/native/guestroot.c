#include "guestroot.h"

#include "cleanup.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int vs_guestroot_attach(int root, struct vs_error *error)
{
	int r = vs_mount_private("/");

	if (r < 0)
		return vs_fail(error, "MountFailed", r, "mount", "MS_PRIVATE");
	/* Over the host's root, which we keep seeing by our old root folder: any other folder might not be there for us. */
	r = vs_move_mount(root, AT_FDCWD, "/");
	return r < 0 ? vs_fail(error, "MountFailed", r, "move_mount", "/") : 0;
}

int vs_guestroot_enter(int root, struct vs_error *error)
{
	int r;

	if (fchdir(root) < 0)
		return vs_fail(error, "MountFailed", errno, "fchdir", "root");
	/* Both names the same: the old root ends up on top of the new one, and is then detached from there. */
	r = vs_pivot_root(".", ".");
	if (r < 0)
		return vs_fail(error, "MountFailed", r, "pivot_root", ".");
	r = vs_umount_detached(".");
	if (r < 0)
		return vs_fail(error, "MountFailed", r, "umount2", ".");
	if (chdir("/") < 0)
		return vs_fail(error, "MountFailed", errno, "chdir", "/");
	return 0;
}

int vs_guestroot_place(int root, const char *name, struct vs_error *error)
{
	int fd;

	if (mkdirat(root, name, 0755) < 0 && errno != EEXIST)
		return vs_fail(error, "MountFailed", errno, "mkdirat", name);
	fd = vs_openat2(root, name, O_PATH | O_DIRECTORY | O_NOFOLLOW, 0, VS_BENEATH);
	if (fd == -ELOOP || fd == -ENOTDIR)
		return vs_fail_detail(error, "MountPointUnsafe", fd, "openat2", name, "not a folder in the guest's tree");
	return fd < 0 ? vs_fail(error, "MountFailed", fd, "openat2", name) : fd;
}

int vs_guestroot_instance(const char *type, const char *const *options, unsigned int attributes,
			  struct vs_error *error)
{
	cleanup_close int context = vs_fsopen(type);
	int r;

	if (context < 0)
		return vs_fail(error, "MountFailed", context, "fsopen", type);
	r = vs_fsconfig(context, FSCONFIG_SET_STRING, "source", type);
	if (r < 0)
		return vs_fail_detail(error, "MountFailed", r, "fsconfig", type, "source");
	for (; options && options[0]; options += 2) {
		r = vs_fsconfig(context, options[1] ? FSCONFIG_SET_STRING : FSCONFIG_SET_FLAG, options[0], options[1]);
		if (r < 0)
			return vs_fail_detail(error, "MountFailed", r, "fsconfig", type, options[0]);
	}
	r = vs_fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL);
	if (r < 0)
		return vs_fail(error, "MountFailed", r, "fsconfig", type);
	r = vs_fsmount(context, attributes);
	return r < 0 ? vs_fail(error, "MountFailed", r, "fsmount", type) : r;
}

int vs_guestroot_cover(int mount, int place, const char *name, struct vs_error *error)
{
	int r = vs_move_mount(mount, place, "");

	return r < 0 ? vs_fail(error, "MountFailed", r, "move_mount", name) : 0;
}

int vs_guestroot_mount(int root, const char *name, const char *type, const char *const *options, unsigned int attributes,
		       struct vs_error *error)
{
	cleanup_close int instance = -1;
	cleanup_close int place = vs_guestroot_place(root, name, error);
	int r;

	if (place < 0)
		return place;
	instance = vs_guestroot_instance(type, options, attributes, error);
	if (instance < 0)
		return instance;
	r = vs_guestroot_cover(instance, place, name, error);
	return r < 0 ? r : vs_take(&instance);
}

int vs_guestroot_device(const char *path, unsigned int major_number, unsigned int minor_number, struct vs_error *error)
{
	struct stat status;
	int r;
	cleanup_close int device = vs_open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | AT_SYMLINK_NOFOLLOW);

	if (device < 0)
		return vs_fail(error, "MountFailed", device, "open_tree", path);
	/* Of the descriptor that will be mounted, not of the path: what was verified is what is used (CVE-2025-31133). */
	if (fstat(device, &status) < 0 || !S_ISCHR(status.st_mode) ||
	    status.st_rdev != makedev(major_number, minor_number))
		return vs_fail(error, "DeviceUnverified", ENXIO, "fstat", path);
	/* Devices can be written to all the same; but their mode, owner and times are the host's, and every other guest's. */
	r = vs_mount_setattr(device, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC, 0, -1, 0, 0);
	return r < 0 ? vs_fail(error, "MountFailed", r, "mount_setattr", path) : vs_take(&device);
}

int vs_guestroot_hide(int base, const char *name, struct vs_error *error)
{
	static const char *const options[] = { "size", "0", "mode", "000", NULL };
	const unsigned int attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
	cleanup_close int empty = -1;
	cleanup_close int place = vs_openat2(base, name, O_PATH | O_DIRECTORY | O_NOFOLLOW, 0, VS_BENEATH);

	if (place == -ENOENT)
		return 0;
	if (place < 0)
		return vs_fail(error, "MountFailed", place, "openat2", name);
	empty = vs_guestroot_instance("tmpfs", options, attributes, error);
	if (empty < 0)
		return empty;
	return vs_guestroot_cover(empty, place, name, error);
}

int vs_guestroot_sys(int root, int host_sys, struct vs_error *error)
{
	const unsigned int attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
	/* What the firmware tells of the machine; what it draws, by which keys were guessed (CVE-2020-8694). */
	static const char *const hidden[] = { "firmware", "devices/virtual/powercap" };
	cleanup_close int instance = -1;
	cleanup_close int place = vs_guestroot_place(root, "sys", error);
	int r;

	if (place < 0)
		return place;
	if (host_sys < 0) {
		instance = vs_guestroot_instance("sysfs", NULL, attributes, error);
		if (instance < 0)
			return instance;
	}
	r = vs_guestroot_cover(host_sys < 0 ? instance : host_sys, place, "sys", error);
	for (size_t i = 0; r >= 0 && i < sizeof(hidden) / sizeof(hidden[0]); i++)
		r = vs_guestroot_hide(host_sys < 0 ? instance : host_sys, hidden[i], error);
	return r;
}
