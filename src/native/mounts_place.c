#include "mounts.h"

#include "cleanup.h"
#include "guestroot.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define VS_NOWHERE (VS_MOUNTS_MAX + 2)

/* Links count from the guest's root on, as they do for the guest, and none of /proc leads out (CVE-2021-30465, CVE-2024-45310). */
static int open_within(int root, const char *path)
{
	return vs_openat2(root, path, O_PATH, 0, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
}

int vs_ground_add(struct vs_ground *ground, int fd, bool is_the_guests, struct vs_error *error)
{
	uint64_t id;
	int r = vs_mount_id(fd, &id);

	if (r < 0)
		return vs_fail(error, "MountFailed", r, "statx", "STATX_MNT_ID");
	if (ground->count == VS_NOWHERE)
		return vs_fail(error, "Internal", E2BIG, "ground", "");
	ground->mounts[ground->count].id = id;
	ground->mounts[ground->count++].is_the_guests = is_the_guests;
	return 0;
}

static size_t ground_find(const struct vs_ground *ground, int fd)
{
	uint64_t id;

	if (vs_mount_id(fd, &id) >= 0)
		for (size_t i = 0; i < ground->count; i++)
			if (ground->mounts[i].id == id)
				return i;
	return VS_NOWHERE;
}

static int unsafe(struct vs_error *error, int number, const char *target, const char *why)
{
	return vs_fail_detail(error, "MountTargetUnsafe", number, "openat2", target, why);
}

static int name_make(int parent, const char *name, bool is_folder)
{
	if (is_folder)
		return mkdirat(parent, name, 0755) < 0 ? -errno : 0;
	return mknodat(parent, name, S_IFREG | 0644, 0) < 0 ? -errno : 0;
}

/* The path's last component, in the folder that its others lead to. */
static int component_make(const struct vs_ground *ground, int parent, const char *path, bool is_folder, struct vs_error *error)
{
	size_t at = ground_find(ground, parent);
	int r;

	if (at == VS_NOWHERE)
		return unsafe(error, EXDEV, path, "it lies in what the kernel gives the guest");
	if (!ground->mounts[at].is_the_guests)
		return unsafe(error, ENOENT, path, "it is missing in the host's folder that is mounted above it");
	r = name_make(parent, strrchr(path, '/') + 1, is_folder);
	if (r == -EEXIST)
		return unsafe(error, ENOENT, path, "a link in it leads nowhere");
	return r < 0 ? vs_fail(error, "MountFailed", r, "mkdirat", path) : 0;
}

/* Where the path ends; made when that is missing. */
static int component_open(const struct vs_ground *ground, int parent, const char *path, bool is_folder, struct vs_error *error)
{
	int fd = open_within(ground->root, path);
	int r;

	if (fd == -ENOENT) {
		r = component_make(ground, parent, path, is_folder, error);
		if (r < 0)
			return r;
		fd = open_within(ground->root, path);
	}
	return fd < 0 ? unsafe(error, fd, path, "a part of it is no folder, or a link that must not be followed") : fd;
}

/* Every name is looked up from the root again: a link is followed where the guest has one, and never made through. */
static int target_open(const struct vs_ground *ground, const char *target, bool is_folder, struct vs_error *error)
{
	char path[PATH_MAX] = "";
	size_t length = 0;
	cleanup_close int fd = open_within(ground->root, "/");

	while (fd >= 0 && target[strspn(target, "/")] != '\0') {
		size_t part;
		bool is_last;
		int next;

		target += strspn(target, "/");
		part = strcspn(target, "/");
		if (length + part + 2 > sizeof(path))
			return unsafe(error, ENAMETOOLONG, path, "too long");
		path[length++] = '/';
		memcpy(path + length, target, part);
		length += part;
		path[length] = '\0';
		target += part;
		is_last = target[strspn(target, "/")] == '\0';
		next = component_open(ground, fd, path, is_folder || !is_last, error);
		vs_close(&fd);
		fd = next;
	}
	return fd < 0 ? vs_fail(error, "MountFailed", fd, "openat2", "/") : vs_take(&fd);
}

static int is_folder_at(int fd, bool *ret_is_folder)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	*ret_is_folder = S_ISDIR(status.st_mode);
	return 0;
}

static int target_check(const struct vs_ground *ground, int fd, const char *target, bool is_folder, struct vs_error *error)
{
	bool is_on_folder = false;
	int r = is_folder_at(fd, &is_on_folder);
	int mounted = r < 0 ? r : vs_is_mount_root(fd);

	if (mounted < 0)
		return vs_fail(error, "MountFailed", mounted, "statx", target);
	if (ground_find(ground, fd) == VS_NOWHERE)
		return unsafe(error, EXDEV, target, "it lies in what the kernel gives the guest");
	if (mounted)
		return unsafe(error, EBUSY, target, "something is mounted there already, or it is the guest's root");
	if (is_folder != is_on_folder)
		return unsafe(error, is_folder ? ENOTDIR : EISDIR, target, "a folder goes on a folder, a file on a file");
	return 0;
}

static int memory_make(const struct vs_mount *mount, struct vs_error *error)
{
	char size[24], mode[8], inodes[24];
	const char *const options[] = { "size", size, "mode", mode, "nr_inodes", inodes, NULL };
	unsigned int attributes = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;

	snprintf(size, sizeof(size), "%llu", (unsigned long long)mount->size);
	snprintf(mode, sizeof(mode), "%o", mount->mode);
	/* One a page: empty files take the kernel's memory, too. */
	snprintf(inodes, sizeof(inodes), "%llu", (unsigned long long)(mount->size / 4096 + 64));
	if (mount->is_read_only)
		attributes |= MOUNT_ATTR_RDONLY;
	if (mount->is_not_executed)
		attributes |= MOUNT_ATTR_NOEXEC;
	return vs_guestroot_instance("tmpfs", options, attributes, error);
}

int vs_mounts_place(struct vs_ground *ground, const struct vs_mount *mount, int source, struct vs_error *error)
{
	cleanup_close int memory = source < 0 ? memory_make(mount, error) : -1;
	cleanup_close int place = -1;
	bool is_folder = true;
	int what = source < 0 ? memory : source;
	int r = what < 0 ? what : is_folder_at(what, &is_folder);

	if (r < 0)
		return vs_fail(error, "MountFailed", r, "fstat", mount->target);
	place = target_open(ground, mount->target, is_folder, error);
	if (place < 0)
		return place;
	r = target_check(ground, place, mount->target, is_folder, error);
	if (r < 0)
		return r;
	r = vs_guestroot_cover(what, place, mount->target, error);
	return r < 0 ? r : vs_ground_add(ground, what, source < 0 && !mount->is_read_only, error);
}
