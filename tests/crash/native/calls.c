#include "calls.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <unistd.h>
#include "memory.h"

/* Arguments that say what the call is done to; NONE: the descriptor itself, or the working directory. */
#define NONE (-1)

struct known {
	const char *name;
	long number;
	int folder;
	int path;
	bool allocates;
};

#define CALL(call, folder, path, allocates) { #call, __NR_##call, folder, path, allocates }

static const struct known known[] = {
	CALL(openat2, 0, 1, true), CALL(openat, 0, 1, true),
	CALL(mkdirat, 0, 1, true), CALL(mknodat, 0, 1, true),
	CALL(symlinkat, 1, 2, true), CALL(linkat, 2, 3, true),
	CALL(renameat, 2, 3, true), CALL(renameat2, 2, 3, true),
	CALL(unlinkat, 0, 1, false), CALL(utimensat, 0, 1, false),
	CALL(fchownat, 0, 1, false), CALL(fchown, 0, NONE, false),
	CALL(fchmodat, 0, 1, false), CALL(fchmod, 0, NONE, false),
	CALL(setxattr, NONE, 0, true), CALL(lsetxattr, NONE, 0, true), CALL(fsetxattr, 0, NONE, true),
	CALL(removexattr, NONE, 0, false), CALL(lremovexattr, NONE, 0, false), CALL(fremovexattr, 0, NONE, false),
	CALL(write, 0, NONE, true), CALL(pwrite64, 0, NONE, true), CALL(writev, 0, NONE, true),
	CALL(copy_file_range, 2, NONE, true), CALL(fallocate, 0, NONE, true),
	CALL(ftruncate, 0, NONE, false), CALL(truncate, NONE, 0, false),
	CALL(fsync, 0, NONE, false), CALL(fdatasync, 0, NONE, false), CALL(syncfs, 0, NONE, false),
	CALL(ioctl, 0, NONE, false),
#ifdef __NR_rename
	CALL(open, NONE, 0, true), CALL(creat, NONE, 0, true), CALL(mkdir, NONE, 0, true), CALL(rmdir, NONE, 0, false),
	CALL(mknod, NONE, 0, true), CALL(symlink, NONE, 1, true), CALL(link, NONE, 1, true), CALL(rename, NONE, 1, true),
	CALL(unlink, NONE, 0, false), CALL(chmod, NONE, 0, false), CALL(chown, NONE, 0, false), CALL(lchown, NONE, 0, false),
#endif
};

#define KNOWN (sizeof(known) / sizeof(known[0]))

_Static_assert(KNOWN * 2 + 2 <= CALL_FILTER_ROOM, "the filter needs more room");

size_t calls_filter(struct sock_filter *program)
{
	size_t length = 0;

	program[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < KNOWN; i++) {
		program[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned int)known[i].number, 0, 1);
		program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	}
	program[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	return length;
}

/* Opening changes something only when it may make the file. */
static bool opens_anew(pid_t thread, const struct known *call, const uint64_t *args)
{
	struct open_how how = { 0 };

	if (call->number == __NR_openat)
		return args[2] & O_CREAT;
#ifdef __NR_open
	if (call->number == __NR_open)
		return args[1] & O_CREAT;
#endif
	return call->number != __NR_openat2 || (memory_read(thread, args[2], &how, sizeof(how)) && how.flags & O_CREAT);
}

static const char *change_by_ioctl(uint64_t request)
{
	return request == FS_IOC_SETFLAGS ? "FS_IOC_SETFLAGS" :
	       request == FICLONE ? "FICLONE" :
	       request == FIDEDUPERANGE ? "FIDEDUPERANGE" : NULL;
}

bool calls_read(pid_t thread, struct call *ret_call)
{
	struct __ptrace_syscall_info info = { 0 };
	const struct known *call = NULL;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof(info), &info) <= 0)
		return false;
	for (size_t i = 0; i < KNOWN && !call; i++)
		if ((uint64_t)known[i].number == info.seccomp.nr)
			call = &known[i];
	if (!call || !opens_anew(thread, call, info.seccomp.args))
		return false;
	ret_call->name = call->number == __NR_ioctl ? change_by_ioctl(info.seccomp.args[1]) : call->name;
	ret_call->allocates = call->allocates;
	return ret_call->name && memory_path(thread,
					     call->folder == NONE ? AT_FDCWD : (int)info.seccomp.args[call->folder],
					     call->path == NONE ? 0 : info.seccomp.args[call->path], ret_call->path, sizeof(ret_call->path));
}

int calls_fail(pid_t thread, int error)
{
#if defined(__x86_64__)
	if (ptrace(PTRACE_POKEUSER, thread, offsetof(struct user_regs_struct, orig_rax), -1L))
		return -errno;
	return ptrace(PTRACE_POKEUSER, thread, offsetof(struct user_regs_struct, rax), (long)-error) ? -errno : 0;
#elif defined(__aarch64__)
	struct user_regs_struct registers;
	int none = -1;
	struct iovec all = { &registers, sizeof(registers) }, number = { &none, sizeof(none) };

	if (ptrace(PTRACE_GETREGSET, thread, NT_PRSTATUS, &all))
		return -errno;
	registers.regs[0] = (unsigned long long)-(long long)error;
	if (ptrace(PTRACE_SETREGSET, thread, NT_PRSTATUS, &all))
		return -errno;
	return ptrace(PTRACE_SETREGSET, thread, NT_ARM_SYSTEM_CALL, &number) ? -errno : 0;
#else
#error "say how a system call is skipped on this processor"
#endif
}
