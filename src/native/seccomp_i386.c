/* 32-bit programs on x86-64 make their calls by other numbers; a filter that forgot them would be none. */
#ifdef __x86_64__
#include "seccomp.h"

#include <asm/unistd_32.h>
#include <linux/audit.h>

#include "syscall_numbers.h"

static const uint32_t allowed[] = {
#include "syscalls.h"
};

const struct vs_syscalls vs_syscalls_i386 = {
	.architecture = AUDIT_ARCH_I386,
	.allowed = allowed,
	.count = sizeof(allowed) / sizeof(allowed[0]),
	.socket = __NR_socket,
	.socketpair = __NR_socketpair,
	.ioctl = __NR_ioctl,
	.clone = __NR_clone,
	.unshare = __NR_unshare,
	.personality = __NR_personality,
	.clone3 = __NR_clone3,
	.socketcall = __NR_socketcall,
};
#endif
