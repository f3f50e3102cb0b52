#include "sharing.h"

#include "cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A multiple of every block size there is, so that it is whole blocks everywhere. */
#define BLOCK 65536

static int make(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	return fd < 0 ? -errno : fd;
}

static int fill(int fd)
{
	static const char block[BLOCK];
	ssize_t written = write(fd, block, sizeof(block));

	if (written < 0)
		return -errno;
	return written == BLOCK ? 0 : -ENOSPC;
}

int vs_sharing_hard_link(int folder)
{
	cleanup_close int fd = make(folder, "tree/linked");

	if (fd < 0)
		return fd;
	return linkat(folder, "tree/linked", folder, "tree/again", 0) < 0 ? -errno : 0;
}

int vs_sharing_reflink(int folder)
{
	struct {
		struct file_dedupe_range range;
		struct file_dedupe_range_info info;
	} order = { .range = { .src_length = BLOCK, .dest_count = 1 } };
	cleanup_close int left = make(folder, "tree/left");
	cleanup_close int right = make(folder, "tree/right");
	int r;

	if (left < 0 || right < 0)
		return left < 0 ? left : right;
	r = fill(left);
	if (r >= 0)
		r = fill(right);
	if (r < 0)
		return r;
	order.info.dest_fd = right;
	if (ioctl(left, (int)FIDEDUPERANGE, &order.range) < 0)
		return -errno;
	if (order.info.status < 0)
		return order.info.status;
	return order.info.status == FILE_DEDUPE_RANGE_SAME ? 0 : -EIO;
}
