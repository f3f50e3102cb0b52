/* Devices, terminals, and what lies in /dev. */
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#define NODE "/tmp/attempt-node"

/* Made, and where that goes, opened for reading. */
static bool makes(mode_t type, unsigned int major_number, unsigned int minor_number)
{
	bool done;

	unlink(NODE);
	if (mknod(NODE, type | 0600, makedev(major_number, minor_number)) < 0)
		return false;
	done = attempt_opens(NODE, O_RDONLY) || (errno != EACCES && errno != EPERM);
	unlink(NODE);
	return done;
}

/* The disks that the kernel itself lists. */
static bool try_host_disk(void)
{
	char line[256];
	unsigned int major_number, minor_number;
	bool done = false;
	FILE *file = fopen("/proc/partitions", "re");

	while (file && !done && fgets(line, sizeof(line), file))
		done = sscanf(line, "%u %u", &major_number, &minor_number) == 2 && makes(S_IFBLK, major_number, minor_number);
	if (file)
		fclose(file);
	return done || makes(S_IFBLK, 8, 0);
}

static bool try_memory_node(void)
{
	return makes(S_IFCHR, 1, 1);
}

static bool try_log_node(void)
{
	return makes(S_IFCHR, 1, 11);
}

static bool try_host_devices(void)
{
	static const char *const names[] = {
		"/dev/mem", "/dev/port", "/dev/kmsg", "/dev/kvm", "/dev/fuse", "/dev/loop-control", "/dev/loop0",
		"/dev/net/tun", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/mapper/control", "/dev/console",
		"/dev/tty0", "/dev/vhost-net", "/dev/uinput", "/dev/cuse", "/dev/vhost-vsock",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (attempt_opens(names[i], O_RDONLY))
			return true;
	return false;
}

/* One node may be the same for the host and all guests: the mode, owner and time it has already. */
static bool changes_node(const char *path)
{
	struct stat status;
	struct timespec times[2];

	if (stat(path, &status) < 0)
		return false;
	times[0] = status.st_atim;
	times[1] = status.st_mtim;
	return chmod(path, status.st_mode & 07777) == 0 || chown(path, status.st_uid, status.st_gid) == 0 ||
	       utimensat(AT_FDCWD, path, times, 0) == 0;
}

static bool try_device_mode(void)
{
	return changes_node("/dev/null") || changes_node("/dev/tty") || changes_node("/dev/urandom");
}

/* Also not the nodes that cover files of /proc. */
static bool try_mask_mode(void)
{
	return changes_node("/proc/kcore") || changes_node("/proc/sysrq-trigger") || changes_node("/proc/timer_list");
}

static bool try_fill_dev(void)
{
	const size_t size = 256 * 1024;
	char *bytes = calloc(1, size);
	int fd = open("/dev/attempt-filler", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int written = 0;

	while (bytes && fd >= 0 && written < 16 && write(fd, bytes, size) == (ssize_t)size)
		written++;
	unlink("/dev/attempt-filler");
	if (fd >= 0)
		close(fd);
	free(bytes);
	return written == 16;
}

/* All guests' terminals count towards one limit of the kernel. */
static bool try_fill_terminals(void)
{
	static int fds[900];
	int count = 0;

	while (count < 900 && (fds[count] = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)) >= 0)
		count++;
	for (int i = 0; i < count; i++)
		close(fds[i]);
	return count == 900;
}

/* Nothing is typed: the address is bad. */
static bool try_type_into_terminal(void)
{
	return ioctl(0, TIOCSTI, NULL) == 0 || (errno != EPERM && errno != ENOTTY && errno != EIO);
}

static bool try_console_control(void)
{
	return ioctl(0, TIOCLINUX, NULL) == 0 || (errno != EPERM && errno != ENOTTY);
}

/* A line discipline that there isn't: modules are loaded for it. */
static bool try_line_discipline(void)
{
	int number = 99;

	return ioctl(0, TIOCSETD, &number) == 0 || (errno != EPERM && errno != ENOTTY);
}

static bool try_steal_terminal(void)
{
	return ioctl(0, TIOCSCTTY, 1) == 0 && getsid(0) != getpid();
}

static bool try_trusted_attribute(void)
{
	bool done = false;
	int fd = open(NODE, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	if (fd >= 0)
		done = fsetxattr(fd, "trusted.overlay.opaque", "y", 1, 0) == 0;
	unlink(NODE);
	if (fd >= 0)
		close(fd);
	return done;
}

const struct attempt attempts_devices[] = {
	ATTEMPT(host_disk),	 ATTEMPT(memory_node),	      ATTEMPT(log_node),	ATTEMPT(host_devices),
	ATTEMPT(device_mode),	 ATTEMPT(mask_mode),	      ATTEMPT(fill_dev),	ATTEMPT(fill_terminals),
	ATTEMPT(type_into_terminal), ATTEMPT(console_control), ATTEMPT(line_discipline), ATTEMPT(steal_terminal),
	ATTEMPT(trusted_attribute), ATTEMPTS_END,
};
