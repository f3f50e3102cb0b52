/* call_errors: what calls that are refused say, one "NAME ERRNO" a line. Programs do without what is missing, and give up on what is forbidden. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/fsverity.h>
#include <linux/sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void tell(const char *name, long result)
{
	static const char *const names[] = { [EPERM] = "EPERM", [ENOSYS] = "ENOSYS", [EAFNOSUPPORT] = "EAFNOSUPPORT" };
	const char *error = result < 0 && (size_t)errno < sizeof(names) / sizeof(names[0]) ? names[errno] : NULL;

	printf("%s %s\n", name, result >= 0 ? "done" : error ? error : "other");
}

#ifdef __x86_64__
static long old_call(long number, long first)
{
	long result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(first), "c"(0L), "d"(0L) : "memory");
	errno = result < 0 ? (int)-result : 0;
	return result < 0 ? -1 : result;
}

static void other_conventions(void)
{
	tell("old-getpid", old_call(20, 0));
	tell("old-keyctl", old_call(288, 0xffff));
	tell("old-mount", old_call(21, 0));
	tell("old-socketcall", old_call(102, 1));
	tell("old-socket-alg", old_call(359, 38));
	tell("old-unshare-user", old_call(310, CLONE_NEWUSER));
	tell("old-next", old_call(463, 0));
	tell("x32-getpid", syscall(0x40000000L + SYS_getpid));
	tell("x32-keyctl", syscall(0x40000000L + SYS_keyctl, 0xffff));
}
#else
static void other_conventions(void)
{
}
#endif

int main(void)
{
	int flags = 0, pair[2], number = 99;
	/* Of no version that there is. */
	struct fsverity_enable_arg verity = { .version = 99 };
	struct fsxattr attributes = { .fsx_xflags = 0 };
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);

	/* Nothing is set that isn't set already. */
	syscall(SYS_ioctl, fd, FS_IOC_GETFLAGS, &flags);
	syscall(SYS_ioctl, fd, FS_IOC_FSGETXATTR, &attributes);
	tell("keyctl", syscall(SYS_keyctl, 0xffff));
	tell("bpf", syscall(SYS_bpf, 0xffff, NULL, 0));
	tell("mount", syscall(SYS_mount, NULL, NULL, NULL, 0, NULL));
	tell("unshare-user", syscall(SYS_unshare, CLONE_NEWUSER));
	tell("clone3", syscall(SYS_clone3, NULL, 0));
	tell("next", syscall(463));
	tell("far", syscall(100000));
	tell("socket-alg", socket(AF_ALG, SOCK_SEQPACKET, 0));
	tell("socket-tipc", socket(AF_TIPC, SOCK_RDM, 0));
	tell("socketpair-tipc", socketpair(AF_TIPC, SOCK_SEQPACKET, 0, pair));
	tell("socket-unix", socket(AF_UNIX, SOCK_STREAM, 0));
	tell("socketpair-unix", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	tell("personality-layout", syscall(SYS_personality, 0x0040000));
	tell("personality-asked", syscall(SYS_personality, 0xffffffff));
	tell("set-flags", syscall(SYS_ioctl, fd, FS_IOC_SETFLAGS, &flags));
	tell("set-flags-32", syscall(SYS_ioctl, fd, 0x40046602, &flags));
	tell("set-attributes", syscall(SYS_ioctl, fd, FS_IOC_FSSETXATTR, &attributes));
	tell("verity", syscall(SYS_ioctl, fd, FS_IOC_ENABLE_VERITY, &verity));
	tell("type", syscall(SYS_ioctl, fd, TIOCSTI, NULL));
	tell("console", syscall(SYS_ioctl, fd, TIOCLINUX, NULL));
	tell("discipline", syscall(SYS_ioctl, fd, TIOCSETD, &number));
	/* The kernel looks at the low word alone. */
	tell("set-flags-high", syscall(SYS_ioctl, fd, 0x100000000UL | FS_IOC_SETFLAGS, &flags));
	other_conventions();
	return 0;
}
