#include "seccomp.h"

#include "cleanup.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/fsverity.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define INSTRUCTIONS_MAX 4096

/* The last call we know of (mseal). What is newer is told to be missing, and programs do without it. */
#define LAST_KNOWN 462

/* Also 32-bit variants of the requests, which programs of that size use. */
#define SET_FLAGS_32 0x40046602U
#define TERMINAL_INSERT 0x5412U
#define CONSOLE_CONTROL 0x541CU
#define LINE_DISCIPLINE 0x5423U

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define LOW_WORD(argument) ((uint32_t)(offsetof(struct seccomp_data, args) + (argument) * sizeof(uint64_t)))
#define REFUSE(error_number) (SECCOMP_RET_ERRNO | (error_number))

struct filter {
	struct sock_filter *code;
	unsigned short length;
	bool overflow;
};

static void emit(struct filter *filter, unsigned int code, uint32_t value, unsigned char yes, unsigned char no)
{
	if (filter->length == INSTRUCTIONS_MAX) {
		filter->overflow = true;
		return;
	}
	filter->code[filter->length++] =
		(struct sock_filter){ .code = (unsigned short)code, .jt = yes, .jf = no, .k = value };
}

static void emit_load(struct filter *filter, uint32_t offset)
{
	emit(filter, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static void emit_return(struct filter *filter, uint32_t action)
{
	emit(filter, BPF_RET | BPF_K, action, 0, 0);
}

/* When the loaded word is value, return action. */
static void emit_if_equal(struct filter *filter, uint32_t value, uint32_t action)
{
	emit(filter, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
	emit_return(filter, action);
}

/* When the loaded word is number, go on; else pass over the next "length" instructions. */
static void emit_unless_skip(struct filter *filter, uint32_t number, unsigned char length)
{
	emit(filter, BPF_JMP | BPF_JEQ | BPF_K, number, 0, length);
}

/*
 * A call with one answer for some values of an argument's low word, and another for all others; the kernel looks at no
 * more than that word of them.
 */
static void emit_values(struct filter *filter, uint32_t number, unsigned int argument, const uint32_t *values,
			size_t count, uint32_t action, uint32_t others)
{
	emit_unless_skip(filter, number, (unsigned char)(2 + 2 * count));
	emit_load(filter, LOW_WORD(argument));
	for (size_t i = 0; i < count; i++)
		emit_if_equal(filter, values[i], action);
	emit_return(filter, others);
}

/* A user namespace would give the guest's users all capabilities in it, and with them far more of the kernel to attack. */
static void emit_no_user_namespace(struct filter *filter, uint32_t number)
{
	emit_unless_skip(filter, number, 4);
	emit_load(filter, LOW_WORD(0));
	emit(filter, BPF_JMP | BPF_JSET | BPF_K, CLONE_NEWUSER, 0, 1);
	emit_return(filter, REFUSE(EPERM));
	emit_return(filter, SECCOMP_RET_ALLOW);
}

static void emit_special(struct filter *filter, const struct vs_syscalls *calls)
{
	/* What servers speak. The others are modules that anybody's socket() loads, and that few have ever looked at. */
	static const uint32_t families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET };
	/* What setarch and emulators ask for, and asking what is; not what makes attacks easier. */
	static const uint32_t personalities[] = { 0x0, 0x8, 0x20000, 0x20008, 0xffffffff };
	/* Marks on inodes that guests may share, keystrokes into terminals that aren't theirs, and drivers of modems. */
	static const uint32_t requests[] = { (uint32_t)FS_IOC_SETFLAGS,	    SET_FLAGS_32,    (uint32_t)FS_IOC_FSSETXATTR,
					     (uint32_t)FS_IOC_ENABLE_VERITY, TERMINAL_INSERT, CONSOLE_CONTROL,
					     LINE_DISCIPLINE };
	const uint32_t allow = SECCOMP_RET_ALLOW;

	emit_if_equal(filter, calls->clone3, REFUSE(ENOSYS));
	emit_if_equal(filter, calls->socketcall, REFUSE(ENOSYS));
	emit_values(filter, calls->socket, 0, families, COUNT(families), allow, REFUSE(EAFNOSUPPORT));
	emit_values(filter, calls->socketpair, 0, families, COUNT(families), allow, REFUSE(EAFNOSUPPORT));
	emit_values(filter, calls->personality, 0, personalities, COUNT(personalities), allow, REFUSE(EPERM));
	emit_values(filter, calls->ioctl, 1, requests, COUNT(requests), REFUSE(EPERM), allow);
	emit_no_user_namespace(filter, calls->clone);
	emit_no_user_namespace(filter, calls->unshare);
}

static int by_number(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* Where the answer changes: from number on, it is action. */
struct change {
	uint32_t number;
	uint32_t action;
};

/*
 * A tree of comparisons, its leaves the answers of changes[first] to changes[last]. The kernel runs a new filter once
 * for every call there is, to remember the answers: with a list of comparisons that took longer than all else
 * of entering a guest.
 */
static void emit_tree(struct filter *filter, const struct change *changes, size_t first, size_t last)
{
	size_t middle = (first + last + 1) / 2;
	/* A tree of n leaves has n - 1 comparisons; jumps reach no further than 255. */
	size_t left = 2 * (middle - first) - 1;

	if (first == last) {
		emit_return(filter, changes[first].action);
		return;
	}
	if (left > UINT8_MAX)
		filter->overflow = true;
	emit(filter, BPF_JMP | BPF_JGE | BPF_K, changes[middle].number, (unsigned char)left, 0);
	emit_tree(filter, changes, first, middle - 1);
	emit_tree(filter, changes, middle, last);
}

/* Fills changes, of room for two a call and three more; returns how many there are. */
static size_t changes_make(const uint32_t *sorted, size_t count, struct change *changes)
{
	size_t made = 0;

	changes[made++] = (struct change){ .number = 0, .action = REFUSE(EPERM) };
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && sorted[i] == sorted[i - 1])
			continue;
		/* Directly after another that is allowed: its answer goes on. */
		if (changes[made - 1].number == sorted[i])
			made--;
		if (made == 0 || changes[made - 1].action != SECCOMP_RET_ALLOW)
			changes[made++] = (struct change){ .number = sorted[i], .action = SECCOMP_RET_ALLOW };
		changes[made++] = (struct change){ .number = sorted[i] + 1, .action = REFUSE(EPERM) };
	}
	if (changes[made - 1].number > LAST_KNOWN)
		made--;
	changes[made++] = (struct change){ .number = LAST_KNOWN + 1, .action = REFUSE(ENOSYS) };
	return made;
}

static int emit_numbers(struct filter *filter, const struct vs_syscalls *calls)
{
	cleanup_free uint32_t *sorted = malloc(calls->count * sizeof(*sorted));
	cleanup_free struct change *changes = malloc((2 * calls->count + 3) * sizeof(*changes));

	if (!sorted || !changes)
		return -ENOMEM;
	memcpy(sorted, calls->allowed, calls->count * sizeof(*sorted));
	qsort(sorted, calls->count, sizeof(*sorted), by_number);
	emit_tree(filter, changes, 0, changes_make(sorted, calls->count, changes) - 1);
	return 0;
}

/* One calling convention, passed over by those of another. */
static int emit_calls(struct filter *filter, const struct vs_syscalls *calls)
{
	unsigned short jump;
	int r;

	emit_load(filter, offsetof(struct seccomp_data, arch));
	emit(filter, BPF_JMP | BPF_JEQ | BPF_K, calls->architecture, 1, 0);
	jump = filter->length;
	emit(filter, BPF_JMP | BPF_JA, 0, 0, 0);
	emit_load(filter, offsetof(struct seccomp_data, nr));
	emit_special(filter, calls);
	r = emit_numbers(filter, calls);
	filter->code[jump].k = (uint32_t)(filter->length - jump - 1);
	return r;
}

static int build(struct filter *filter)
{
	int r = emit_calls(filter, &vs_syscalls_native);

#ifdef __x86_64__
	if (r >= 0)
		r = emit_calls(filter, &vs_syscalls_i386);
#endif
	emit_return(filter, REFUSE(ENOSYS));
	return filter->overflow ? -E2BIG : r;
}

int vs_seccomp_enter(struct vs_error *error)
{
	cleanup_free struct sock_filter *code = calloc(INSTRUCTIONS_MAX, sizeof(*code));
	struct filter filter = { .code = code };
	struct sock_fprog program = { .filter = code };
	int r = code ? build(&filter) : -ENOMEM;

	if (r < 0)
		return vs_fail(error, "SeccompFailed", r, "seccomp", "build");
	program.len = filter.length;
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) < 0)
		return vs_fail(error, "SeccompFailed", errno, "seccomp", "SECCOMP_SET_MODE_FILTER");
	return 0;
}
