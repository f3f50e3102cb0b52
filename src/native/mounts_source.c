#include "mounts.h"

#include "cleanup.h"
#include "idmap.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <sys/stat.h>

/*
 * No link is followed, in no part of the path: where guests can write somewhere along it, a link there would hand
 * whatever it names to the next guest that is started.
 */
static int source_open(const char *source, struct vs_error *error)
{
	int fd = vs_openat2(AT_FDCWD, source, O_PATH, 0, RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);

	if (fd == -ELOOP)
		return vs_fail_detail(error, "MountSourceUnsafe", fd, "openat2", source, "a part of the path is a symbolic link");
	return fd < 0 ? vs_fail(error, "MountSourceMissing", fd, "openat2", source) : fd;
}

static int kind_check(int fd, const char *source, struct vs_error *error)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return vs_fail(error, "MountFailed", errno, "fstat", source);
	if (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode))
		return vs_fail_detail(error, "MountSourceUnsafe", EACCES, "fstat", source, "a device");
	return 0;
}

int vs_mounts_source(const struct vs_mount *mount, int userns, struct vs_error *error)
{
	uint64_t attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
	struct vs_error ignored = { .id = "" };
	cleanup_close int clone = -1;
	cleanup_close int fd = source_open(mount->source, error);
	int r = fd < 0 ? fd : kind_check(fd, mount->source, error);

	if (r < 0)
		return r;
	clone = vs_idmap_clone(fd, mount->is_unmapped ? -1 : userns, &ignored);
	if (clone < 0)
		return vs_fail_detail(error, "MountUnmapped", clone, ignored.call, mount->source, ignored.detail);
	if (mount->is_read_only)
		attributes |= MOUNT_ATTR_RDONLY;
	if (mount->is_not_executed)
		attributes |= MOUNT_ATTR_NOEXEC;
	/* Private: what the host mounts below it later must not show up in the guest. */
	r = vs_mount_setattr(clone, attributes, 0, -1, MS_PRIVATE, 0);
	return r < 0 ? vs_fail(error, "MountFailed", r, "mount_setattr", mount->source) : vs_take(&clone);
}
