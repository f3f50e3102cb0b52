/* System calls that a guest has no use for: whether the kernel's code behind them is reached. */
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

/* Bad arguments: a call that we may make says EFAULT, EINVAL and the like. */
#define CALL(name, ...)                                          \
	static bool try_##name(void)                             \
	{                                                        \
		return attempt_reached(syscall(__VA_ARGS__));    \
	}

CALL(add_key, SYS_add_key, NULL, NULL, NULL, 0, 0)
CALL(keyctl, SYS_keyctl, 0xffff, 0, 0, 0, 0)
CALL(request_key, SYS_request_key, NULL, NULL, NULL, 0)
CALL(bpf, SYS_bpf, 0xffff, NULL, 0)
CALL(perf_event_open, SYS_perf_event_open, NULL, 0, 0, 0, 0)
CALL(kexec_load, SYS_kexec_load, 0, 100, NULL, 0)
CALL(kexec_file_load, SYS_kexec_file_load, -1, -1, 0, NULL, 0xffffffff)
CALL(init_module, SYS_init_module, NULL, 0, NULL)
CALL(finit_module, SYS_finit_module, -1, NULL, 0)
CALL(delete_module, SYS_delete_module, NULL, 0)
CALL(fanotify_init, SYS_fanotify_init, 0xffffffff, 0)
CALL(quotactl, SYS_quotactl, 0xffffffff, NULL, 0, NULL)
CALL(swapon, SYS_swapon, NULL, 0)
CALL(swapoff, SYS_swapoff, NULL)
CALL(userfaultfd, SYS_userfaultfd, 0xffffffff)
CALL(io_uring_setup, 425, 0, NULL)
CALL(acct, SYS_acct, "/no/such/file")
CALL(syslog, SYS_syslog, 3, NULL, 0)
CALL(sethostname, SYS_sethostname, NULL, 0xffff)
CALL(setdomainname, SYS_setdomainname, NULL, 0xffff)
CALL(kcmp, SYS_kcmp, 1, 1, 99, 0, 0)

/* With the length of a tick that it has already; bad arguments are refused before the permission is looked at. */
static bool try_clock_adjust(void)
{
	struct timex now = { .modes = 0 };

	if (adjtimex(&now) < 0)
		return false;
	now.modes = ADJ_TICK;
	return attempt_reached(adjtimex(&now));
}

/* By a handle of our own root, which is how guests have walked out of others. */
static bool try_open_by_handle_at(void)
{
	struct {
		struct file_handle head;
		unsigned char bytes[128];
	} handle = { .head = { .handle_bytes = 128 } };
	int mount, root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	long fd = -1;

	/* Where the file system has no handles, the call itself is still to be refused. */
	if (name_to_handle_at(AT_FDCWD, "/", &handle.head, &mount, 0) < 0)
		handle.head.handle_bytes = 8;
	errno = 0;
	fd = syscall(SYS_open_by_handle_at, root, &handle, O_RDONLY);
	if (root >= 0)
		close(root);
	if (fd < 0)
		return attempt_reached(fd);
	close((int)fd);
	return true;
}

#ifdef __x86_64__
CALL(port_permission, SYS_ioperm, 0x80, 1, 1)

/* The same calls by the numbers of other conventions: a filter that forgot those would be none. */
static long old_call(long number, long first, long second, long third)
{
	long result;

	__asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(first), "c"(second), "d"(third) : "memory");
	return result;
}

static bool try_keyctl_by_int80(void)
{
	long result = old_call(288, 0xffff, 0, 0);

	return result != -EPERM && result != -ENOSYS;
}

static bool try_af_alg_by_int80(void)
{
	return old_call(359, 38, 5, 0) >= 0;
}

static bool try_user_namespace_by_int80(void)
{
	/* unshare(CLONE_NEWUSER | CLONE_FS with a flag that there isn't): refused for it only after the filter. */
	long result = old_call(310, 0x10000001, 0, 0);

	return result != -EPERM && result != -ENOSYS;
}

CALL(keyctl_by_x32, 0x40000000L + SYS_keyctl, 0xffff, 0, 0, 0, 0)
#endif

const struct attempt attempts_calls[] = {
	ATTEMPT(add_key),	  ATTEMPT(keyctl),	   ATTEMPT(request_key), ATTEMPT(bpf),
	ATTEMPT(perf_event_open), ATTEMPT(kexec_load),	   ATTEMPT(kexec_file_load), ATTEMPT(init_module),
	ATTEMPT(finit_module),	  ATTEMPT(delete_module),  ATTEMPT(open_by_handle_at), ATTEMPT(fanotify_init),
	ATTEMPT(quotactl),	  ATTEMPT(swapon),	   ATTEMPT(swapoff), ATTEMPT(userfaultfd),
	ATTEMPT(io_uring_setup),  ATTEMPT(acct),	   ATTEMPT(syslog), ATTEMPT(sethostname),
	ATTEMPT(setdomainname),	  ATTEMPT(kcmp),	   ATTEMPT(clock_adjust),
#ifdef __x86_64__
	ATTEMPT(port_permission), ATTEMPT(keyctl_by_int80), ATTEMPT(af_alg_by_int80),
	ATTEMPT(user_namespace_by_int80), ATTEMPT(keyctl_by_x32),
#endif
	ATTEMPTS_END,
};
