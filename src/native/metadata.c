#include "metadata.h"

#include "cleanup.h"
#include "overlay_xattr.h"

#include <errno.h>
#include <limits.h>
#include <linux/limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>

static bool has_prefix(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

static bool is_overlays(const char *attribute)
{
	return has_prefix(attribute, VS_OVERLAY_PREFIX) && !has_prefix(attribute, VS_OVERLAY_ESCAPED);
}

static bool is_ours(const char *attribute)
{
	return is_overlays(attribute) || strcmp(attribute, VS_SETTLE_MTIME) == 0;
}

int vs_metadata_text(int fd, const char *attribute, char *value, size_t size)
{
	ssize_t length = fgetxattr(fd, attribute, value, size - 1);

	if (length < 0)
		return -errno;
	value[length] = '\0';
	return (int)length;
}

/* A file system without attributes has none. */
static ssize_t list_names(int fd, char *names)
{
	ssize_t length = flistxattr(fd, names, VS_XATTR_LIST);

	if (length < 0)
		return errno == ENOTSUP ? 0 : -errno;
	return length;
}

static int attribute_copy(int from, int to, const char *name)
{
	cleanup_free char *value = malloc(2 * XATTR_SIZE_MAX);
	ssize_t length, present;

	if (!value)
		return -ENOMEM;
	length = fgetxattr(from, name, value, XATTR_SIZE_MAX);
	if (length < 0)
		return -errno;
	present = fgetxattr(to, name, value + XATTR_SIZE_MAX, XATTR_SIZE_MAX);
	if (present == length && memcmp(value, value + XATTR_SIZE_MAX, (size_t)length) == 0)
		return 0;
	return fsetxattr(to, name, value, (size_t)length, 0) < 0 ? -errno : 0;
}

static bool list_has(const char *names, ssize_t length, const char *wanted)
{
	for (const char *name = names; name < names + length; name += strlen(name) + 1)
		if (strcmp(name, wanted) == 0)
			return true;
	return false;
}

static int attributes_add(int from, int to, const char *names, ssize_t length, struct vs_error *error)
{
	for (const char *name = names; name < names + length; name += strlen(name) + 1) {
		int r = is_ours(name) ? 0 : attribute_copy(from, to, name);

		if (r < 0)
			return vs_fail(error, "SettleFailed", r, "fsetxattr", name);
	}
	return 0;
}

static int attributes_copy(int from, int to, struct vs_error *error)
{
	cleanup_free char *names = malloc(2 * VS_XATTR_LIST);
	char *old_names;
	ssize_t length, old_length;
	int r;

	if (!names)
		return vs_fail(error, "SettleFailed", ENOMEM, "malloc", "attributes");
	old_names = names + VS_XATTR_LIST;
	length = list_names(from, names);
	old_length = list_names(to, old_names);
	if (length < 0 || old_length < 0)
		return vs_fail(error, "SettleFailed", (int)(length < 0 ? length : old_length), "flistxattr", "");
	r = attributes_add(from, to, names, length, error);
	if (r < 0)
		return r;
	for (const char *name = old_names; name < old_names + old_length; name += strlen(name) + 1)
		if (!list_has(names, length, name) && fremovexattr(to, name) < 0)
			return vs_fail(error, "SettleFailed", errno, "fremovexattr", name);
	return 0;
}

int vs_metadata_copy(int from, int to, const struct timespec times[2], struct vs_error *error)
{
	struct stat wanted, present;
	int r;

	if (fstat(from, &wanted) < 0 || fstat(to, &present) < 0)
		return vs_fail(error, "SettleFailed", errno, "fstat", "");
	if (wanted.st_uid != present.st_uid || wanted.st_gid != present.st_gid)
		if (fchown(to, wanted.st_uid, wanted.st_gid) < 0)
			return vs_fail(error, "SettleFailed", errno, "fchown", "");
	r = attributes_copy(from, to, error);
	if (r < 0)
		return r;
	/* After the owner, whose change clears mode bits, and after the ACL, which is another view of the mode. */
	if (fstat(to, &present) < 0)
		return vs_fail(error, "SettleFailed", errno, "fstat", "");
	if (wanted.st_mode != present.st_mode && fchmod(to, wanted.st_mode & 07777) < 0)
		return vs_fail(error, "SettleFailed", errno, "fchmod", "");
	if (futimens(to, times) < 0)
		return vs_fail(error, "SettleFailed", errno, "futimens", "");
	return 0;
}

bool vs_metadata_is_opaque(int fd)
{
	char value[VS_REDIRECT_SIZE];

	return vs_metadata_text(fd, VS_OVERLAY_OPAQUE, value, sizeof(value)) > 0 && value[0] == 'y';
}

static bool is_empty_file(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0;
}

static int attributes_drop(const char *path, const char *names, ssize_t length)
{
	for (const char *name = names; name < names + length; name += strlen(name) + 1)
		if (is_overlays(name) && lremovexattr(path, name) < 0)
			return -errno;
	return 0;
}

static int scrub(const char *path, char *names, size_t size)
{
	ssize_t length = llistxattr(path, names, size);

	if (length < 0)
		return errno == ENOTSUP ? 0 : -errno;
	if (list_has(names, length, VS_OVERLAY_WHITEOUT) && is_empty_file(path))
		return 1;
	return attributes_drop(path, names, length);
}

static int scrub_many(const char *path)
{
	cleanup_free char *names = malloc(VS_XATTR_LIST);

	return names ? scrub(path, names, VS_XATTR_LIST) : -ENOMEM;
}

int vs_metadata_scrub(int directory, const char *name, struct vs_error *error)
{
	char path[NAME_MAX + 32];
	char names[1024];
	int r;

	/* Neither a link nor a device can be opened for this; the last component isn't followed. */
	snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", directory, name);
	r = scrub(path, names, sizeof(names));
	/* Not every file system keeps all names in a block. */
	if (r == -ERANGE)
		r = scrub_many(path);
	return r < 0 ? vs_fail(error, "SettleFailed", r, "llistxattr", name) : r;
}
