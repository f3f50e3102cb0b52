#include "seccomp.h"

#include <asm/unistd.h>
#include <linux/audit.h>

#include "syscall_numbers.h"

static const uint32_t allowed[] = {
#include "syscalls.h"
};

const struct vs_syscalls vs_syscalls_native = {
#ifdef __x86_64__
	.architecture = AUDIT_ARCH_X86_64,
#else
	.architecture = AUDIT_ARCH_AARCH64,
#endif
	.allowed = allowed,
	.count = sizeof(allowed) / sizeof(allowed[0]),
	.socket = __NR_socket,
	.socketpair = __NR_socketpair,
	.ioctl = __NR_ioctl,
	.clone = __NR_clone,
	.unshare = __NR_unshare,
	.personality = __NR_personality,
	.clone3 = __NR_clone3,
	.socketcall = UINT32_MAX,
};
