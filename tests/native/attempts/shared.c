/*
 * Marks on inodes that others share. What else is done to such files is done by shared_tricks, whose outcome only those
 * others can tell: /shared/NAME is changed in the manner of its name, to what it is already.
 */
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/fsverity.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

#define SHARED "/etc/passwd"

/* The flags that it has already. */
static bool try_inode_flags(void)
{
	int flags = 0, fd = open(SHARED, O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && syscall(SYS_ioctl, fd, FS_IOC_GETFLAGS, &flags) == 0 && syscall(SYS_ioctl, fd, FS_IOC_SETFLAGS, &flags) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

static bool try_inode_attributes(void)
{
	struct fsxattr attributes;
	int fd = open(SHARED, O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && syscall(SYS_ioctl, fd, FS_IOC_FSGETXATTR, &attributes) == 0 &&
		    syscall(SYS_ioctl, fd, FS_IOC_FSSETXATTR, &attributes) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

/* A version that there isn't. */
static bool try_verity(void)
{
	struct fsverity_enable_arg argument = { .version = 99 };
	int fd = open(SHARED, O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && attempt_reached(syscall(SYS_ioctl, fd, FS_IOC_ENABLE_VERITY, &argument)) &&
		    errno != ENOTTY && errno != EOPNOTSUPP;

	if (fd >= 0)
		close(fd);
	return done;
}

static void write_same(const char *path, int flags)
{
	char byte;
	int fd = open(path, O_RDWR | O_CLOEXEC | flags);

	if (fd >= 0 && pread(fd, &byte, 1, 0) == 1 && pwrite(fd, &byte, 1, 0) == 1)
		fsync(fd);
	if (fd >= 0)
		close(fd);
}

/* None of them is an escape as such: the host looks at its own names of the same inodes. */
static bool try_shared_tricks(void)
{
	struct stat status;
	struct timespec times[2];

	write_same("/shared/write", 0);
	write_same("/shared/append", O_APPEND);
	if (stat("/shared/truncate", &status) == 0 && truncate("/shared/truncate", status.st_size) < 0)
		return false;
	if (stat("/shared/chmod", &status) == 0 && chmod("/shared/chmod", status.st_mode & 07777) < 0)
		return false;
	if (stat("/shared/chown", &status) == 0 && chown("/shared/chown", status.st_uid, status.st_gid) < 0)
		return false;
	if (stat("/shared/utime", &status) == 0) {
		times[0] = status.st_atim;
		times[1] = status.st_mtim;
		utimensat(AT_FDCWD, "/shared/utime", times, 0);
	}
	setxattr("/shared/setxattr", "user.attempt", "x", 1, 0);
	removexattr("/shared/setxattr", "user.attempt");
	if (link("/shared/link", "/shared/linked") == 0) {
		write_same("/shared/linked", 0);
		unlink("/shared/linked");
	}
	if (rename("/shared/rename", "/shared/renamed") == 0) {
		write_same("/shared/renamed", 0);
		rename("/shared/renamed", "/shared/rename");
	}
	return false;
}

const struct attempt attempts_shared[] = {
	ATTEMPT(inode_flags), ATTEMPT(inode_attributes), ATTEMPT(verity), ATTEMPT(shared_tricks), ATTEMPTS_END,
};
