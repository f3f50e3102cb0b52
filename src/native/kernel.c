#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/keyctl.h>
#include <linux/memfd.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/stat.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define OPEN_TRIES_MAX 1000

static long result(long returned)
{
	return returned < 0 ? -errno : returned;
}

int vs_openat2(int directory, const char *path, int flags, mode_t mode, uint64_t resolve)
{
	struct open_how how = { .flags = (__u64)(flags | O_CLOEXEC), .mode = mode, .resolve = resolve };
	int tries = 0;
	long fd;

	/*
	 * The kernel gives EAGAIN when a rename or mount elsewhere raced with the walk, and also for a file that
	 * a guest leased, as it can forever.
	 */
	do
		fd = syscall(SYS_openat2, directory, path, &how, sizeof(how));
	while (fd < 0 && (errno == EINTR || (errno == EAGAIN && ++tries < OPEN_TRIES_MAX)));
	return (int)result(fd);
}

int vs_open_tree(int directory, const char *path, unsigned int flags)
{
	return (int)result(syscall(SYS_open_tree, directory, path, flags | OPEN_TREE_CLOEXEC));
}

int vs_move_mount(int from, int to_directory, const char *to)
{
	unsigned int flags = MOVE_MOUNT_F_EMPTY_PATH | (to[0] ? 0 : MOVE_MOUNT_T_EMPTY_PATH);

	return (int)result(syscall(SYS_move_mount, from, "", to_directory, to, flags));
}

int vs_mount_setattr(int fd, uint64_t set, uint64_t clear, int userns, uint64_t propagation, unsigned int flags)
{
	struct mount_attr attributes = { .attr_set = set, .attr_clr = clear, .propagation = propagation };

	if (userns >= 0)
		attributes.userns_fd = (__u64)userns;
	return (int)result(syscall(SYS_mount_setattr, fd, "", flags | AT_EMPTY_PATH, &attributes, sizeof(attributes)));
}

int vs_fsopen(const char *type)
{
	return (int)result(syscall(SYS_fsopen, type, FSOPEN_CLOEXEC));
}

int vs_fsconfig(int context, unsigned int command, const char *key, const char *value)
{
	return (int)result(syscall(SYS_fsconfig, context, command, key, value, 0));
}

int vs_fsmount(int context, unsigned int attributes)
{
	return (int)result(syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC, attributes));
}

int vs_mount_private(const char *path)
{
	return (int)result(syscall(SYS_mount, NULL, path, NULL, MS_REC | MS_PRIVATE, NULL));
}

int vs_umount_detached(const char *path)
{
	/* MNT_DETACH; sys/mount.h and linux/mount.h can't be included together. */
	return (int)result(syscall(SYS_umount2, path, 2));
}

int vs_pivot_root(const char *root, const char *old)
{
	return (int)result(syscall(SYS_pivot_root, root, old));
}

int vs_pidfd_open(pid_t pid)
{
	return (int)result(syscall(SYS_pidfd_open, pid, 0));
}

int vs_pidfd_signal(int pidfd, int number)
{
	return (int)result(syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0));
}

int vs_setns(int fd, int namespaces)
{
	return (int)result(syscall(SYS_setns, fd, namespaces));
}

int vs_close_from(int first)
{
	return (int)result(syscall(SYS_close_range, first, ~0U, 0));
}

int vs_memfd(const char *name)
{
	/* MFD_EXEC, newer than some headers: without it a host with vm.memfd_noexec=1 makes it unusable. */
	const unsigned int executable = 0x10U;
	long fd = syscall(SYS_memfd_create, name, MFD_CLOEXEC | MFD_ALLOW_SEALING | executable);

	if (fd < 0 && errno == EINVAL)
		fd = syscall(SYS_memfd_create, name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
	return (int)result(fd);
}

void vs_conceal(void)
{
	prctl(PR_SET_DUMPABLE, 0);
}

int vs_keyring_leave(void)
{
	return (int)result(syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL));
}

pid_t vs_clone(uint64_t flags, int *ret_pidfd, int cgroup)
{
	struct clone_args arguments = {
		.flags = flags | (ret_pidfd ? CLONE_PIDFD : 0) | (cgroup >= 0 ? CLONE_INTO_CGROUP : 0),
		.pidfd = (uint64_t)(uintptr_t)ret_pidfd,
		.exit_signal = SIGCHLD,
		.cgroup = cgroup >= 0 ? (__u64)cgroup : 0,
	};

	return (pid_t)result(syscall(SYS_clone3, &arguments, sizeof(arguments)));
}

int vs_rename_new(int from, const char *name, int to, const char *new_name)
{
	return (int)result(syscall(SYS_renameat2, from, name, to, new_name, RENAME_NOREPLACE));
}

int vs_inode_flags(int fd, int *ret_flags)
{
	return (int)result(syscall(SYS_ioctl, fd, FS_IOC_GETFLAGS, ret_flags));
}

int vs_inode_set_flags(int fd, int flags)
{
	return (int)result(syscall(SYS_ioctl, fd, FS_IOC_SETFLAGS, &flags));
}

int vs_mount_id(int fd, uint64_t *ret_id)
{
	struct statx status;
	long returned = syscall(SYS_statx, fd, "", AT_EMPTY_PATH, STATX_MNT_ID, &status);

	if (returned < 0)
		return -errno;
	*ret_id = status.stx_mnt_id;
	return 0;
}

int vs_is_mount_root(int fd)
{
	struct statx status;
	long returned = syscall(SYS_statx, fd, "", AT_EMPTY_PATH, STATX_TYPE, &status);

	return returned < 0 ? -errno : (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}
