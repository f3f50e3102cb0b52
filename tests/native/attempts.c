/*
 * Tries, from inside a guest, what a guest must not be able to do, and says of each "denied" or "ESCAPED". Where an
 * attempt succeeds it does no harm: it asks or opens instead of acting, gives arguments that are refused after the
 * permission was checked, or sets what is set already. So it can be run under weaker walls, and on the bare host, for
 * comparison.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/fs.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Given all bad arguments, a call that we may make says EFAULT, EINVAL and the like. */
static bool is_call_reached(long result)
{
	return result >= 0 || (errno != EPERM && errno != ENOSYS && errno != EACCES);
}

#define CALL(name, ...)                                            \
	static bool try_##name(void)                               \
	{                                                          \
		return is_call_reached(syscall(__VA_ARGS__));      \
	}

CALL(add_key, SYS_add_key, NULL, NULL, NULL, 0, 0)
CALL(keyctl, SYS_keyctl, 0xffff, 0, 0, 0, 0)
CALL(request_key, SYS_request_key, NULL, NULL, NULL, 0)
CALL(bpf, SYS_bpf, 0xffff, NULL, 0)
CALL(perf_event_open, SYS_perf_event_open, NULL, 0, 0, 0, 0)
CALL(kexec_load, SYS_kexec_load, 0, 100, NULL, 0)
CALL(init_module, SYS_init_module, NULL, 0, NULL)
CALL(finit_module, SYS_finit_module, -1, NULL, 0)
CALL(delete_module, SYS_delete_module, NULL, 0)
CALL(open_by_handle_at, SYS_open_by_handle_at, -1, NULL, 0)
CALL(fanotify_init, SYS_fanotify_init, 0xffffffff, 0)
CALL(quotactl, SYS_quotactl, 0xffffffff, NULL, 0, NULL)
CALL(swapon, SYS_swapon, NULL, 0)
CALL(swapoff, SYS_swapoff, NULL)
CALL(userfaultfd, SYS_userfaultfd, 0xffffffff)
CALL(io_uring_setup, 425, 0, NULL)
CALL(acct, SYS_acct, "/no/such/file")
CALL(iopl, SYS_iopl, 99)
CALL(mount, SYS_mount, NULL, NULL, NULL, 0, NULL)
CALL(umount, SYS_umount2, NULL, 0)
CALL(pivot_root, SYS_pivot_root, NULL, NULL)
CALL(move_mount, SYS_move_mount, -1, NULL, -1, NULL, 0xffffffff)
CALL(mount_setattr, SYS_mount_setattr, -1, NULL, 0xffff, NULL, 0)
CALL(setns, SYS_setns, -1, 0)
CALL(clock_settime, SYS_clock_settime, 0, NULL)
CALL(syslog, SYS_syslog, 3, NULL, 0)
CALL(sethostname, SYS_sethostname, NULL, 0xffff)

static bool opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool try_kcore(void)
{
	char bytes[4];
	int fd = open("/proc/kcore", O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && read(fd, bytes, 4) == 4;

	if (fd >= 0)
		close(fd);
	return done;
}

static bool try_sysrq(void)
{
	struct stat status;

	/* Never opened: only whether it is the real one and ours to write. */
	return stat("/proc/sysrq-trigger", &status) == 0 && S_ISREG(status.st_mode) &&
	       access("/proc/sysrq-trigger", W_OK) == 0;
}

static bool try_core_pattern(void)
{
	return opens("/proc/sys/kernel/core_pattern", O_WRONLY);
}

static bool try_modprobe_path(void)
{
	return opens("/proc/sys/kernel/modprobe", O_WRONLY);
}

static bool try_sys_writable(void)
{
	return opens("/sys/kernel/uevent_helper", O_WRONLY) || opens("/sys/power/state", O_WRONLY);
}

static bool try_host_process(void)
{
	/* Process 2 of a host is kthreadd; in a guest it is the guest's own or nobody. */
	char comm[32] = "";
	FILE *file = fopen("/proc/2/comm", "re");

	if (!file)
		return false;
	if (!fgets(comm, sizeof(comm), file))
		comm[0] = '\0';
	fclose(file);
	return strncmp(comm, "kthreadd", 8) == 0;
}

static bool try_monitor_by_init(void)
{
	/* What process 1 has open and runs from is the host's. */
	return opens("/proc/1/exe", O_RDONLY) && opens("/proc/1/mem", O_RDONLY) && opens("/proc/1/root/proc/2/comm", O_RDONLY);
}

static bool try_ptrace_init(void)
{
	if (ptrace(PTRACE_ATTACH, 1, NULL, NULL) < 0)
		return false;
	ptrace(PTRACE_DETACH, 1, NULL, NULL);
	/* An init of the guest's own may be traced by the guest's root; one that is the host's may not. */
	return try_host_process();
}

static bool try_host_disk(void)
{
	const char *name = "/tmp/attempt-disk";
	bool done;

	unlink(name);
	if (mknod(name, S_IFBLK | 0600, makedev(8, 0)) < 0 && mknod(name, S_IFBLK | 0600, makedev(254, 0)) < 0)
		return false;
	done = opens(name, O_RDONLY) || errno != EACCES;
	unlink(name);
	return done;
}

static bool try_device_node(void)
{
	const char *name = "/tmp/attempt-kmsg";
	bool done;

	unlink(name);
	done = mknod(name, S_IFCHR | 0600, makedev(1, 11)) == 0;
	unlink(name);
	return done;
}

static bool try_inode_flags(void)
{
	int flags, fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
	/* The flags it has already. */
	bool done = fd >= 0 && syscall(SYS_ioctl, fd, FS_IOC_GETFLAGS, &flags) == 0 &&
		    syscall(SYS_ioctl, fd, FS_IOC_SETFLAGS, &flags) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

static bool try_socket(int family, int type, int protocol)
{
	int fd = socket(family, type, protocol);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool try_af_alg(void)
{
	return try_socket(38, SOCK_SEQPACKET, 0);
}

static bool try_af_vsock(void)
{
	return try_socket(40, SOCK_STREAM, 0);
}

static bool try_user_namespace(void)
{
	pid_t pid = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, NULL, NULL, NULL, 0);

	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool try_unshare_mounts(void)
{
	return unshare(CLONE_NEWNS) == 0;
}

static bool try_type_into_terminal(void)
{
	/* Nothing is typed: the address is bad. */
	return ioctl(0, TIOCSTI, NULL) == 0 || (errno != EPERM && errno != ENOTTY && errno != EIO);
}

static bool try_capabilities_back(void)
{
	return prctl(PR_CAPBSET_READ, 21) == 1 || prctl(PR_CAPBSET_READ, 16) == 1 || prctl(PR_CAPBSET_READ, 27) == 1 ||
	       prctl(PR_CAPBSET_READ, 9) == 1;
}

static bool try_old_convention(void)
{
#ifdef __x86_64__
	/* keyctl by its 32-bit number, with a function that there isn't. */
	long result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(288L), "b"(0xffffL) : "memory");
	return result != -EPERM && result != -ENOSYS;
#else
	return false;
#endif
}

static bool try_foreign_descriptor(void)
{
	for (int fd = 3; fd < 1024; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return true;
	return false;
}

/* The nested chroot: keep a folder from before, change root, walk up from there. */
static bool try_nested_chroot(void)
{
	struct stat before, after;
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = false;

	mkdir("/tmp/attempt-root", 0755);
	if (fd >= 0 && stat("/", &before) == 0 && chroot("/tmp/attempt-root") == 0) {
		for (int i = 0; fchdir(fd) == 0 && i < 64 && chdir("..") == 0; i++)
			fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		done = stat(".", &after) == 0 && (before.st_dev != after.st_dev || before.st_ino != after.st_ino);
		if (chroot(".") < 0)
			done = true;
	}
	if (fd >= 0)
		close(fd);
	rmdir("/tmp/attempt-root");
	return done;
}

static const struct {
	const char *name;
	bool (*try)(void);
} attempts[] = {
#define ATTEMPT(name) { #name, try_##name }
	ATTEMPT(add_key), ATTEMPT(keyctl), ATTEMPT(request_key), ATTEMPT(bpf), ATTEMPT(perf_event_open),
	ATTEMPT(kexec_load), ATTEMPT(init_module), ATTEMPT(finit_module), ATTEMPT(delete_module),
	ATTEMPT(open_by_handle_at), ATTEMPT(fanotify_init), ATTEMPT(quotactl), ATTEMPT(swapon), ATTEMPT(swapoff),
	ATTEMPT(userfaultfd), ATTEMPT(io_uring_setup), ATTEMPT(acct), ATTEMPT(iopl), ATTEMPT(mount), ATTEMPT(umount),
	ATTEMPT(pivot_root), ATTEMPT(move_mount), ATTEMPT(mount_setattr), ATTEMPT(setns), ATTEMPT(clock_settime),
	ATTEMPT(syslog), ATTEMPT(sethostname), ATTEMPT(kcore), ATTEMPT(sysrq), ATTEMPT(core_pattern),
	ATTEMPT(modprobe_path), ATTEMPT(sys_writable), ATTEMPT(host_process), ATTEMPT(monitor_by_init),
	ATTEMPT(ptrace_init), ATTEMPT(host_disk), ATTEMPT(device_node), ATTEMPT(inode_flags), ATTEMPT(af_alg),
	ATTEMPT(af_vsock), ATTEMPT(user_namespace), ATTEMPT(unshare_mounts), ATTEMPT(type_into_terminal),
	ATTEMPT(capabilities_back), ATTEMPT(old_convention), ATTEMPT(foreign_descriptor), ATTEMPT(nested_chroot),
};

int main(void)
{
	bool escaped = false;

	/* Children of attempts that succeed are nobody's concern. */
	signal(SIGCHLD, SIG_IGN);
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		bool done;

		errno = 0;
		done = attempts[i].try();
		printf("%s %s\n", done ? "ESCAPED" : "denied", attempts[i].name);
		fflush(stdout);
		escaped |= done;
	}
	return escaped;
}
