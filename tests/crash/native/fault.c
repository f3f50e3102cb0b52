/*
 * fault UNDER IMAGE PROGRAM [ARGUMENT...]
 *
 * Runs a program and counts its system calls that change something below one of the colon-separated folders UNDER. At one of them it kills
 * the program, lets the call fail, or takes a copy of the disk that IMAGE holds. What is to be done is read from standard input, a line
 * before the program starts and one whenever it closes MARKER, which is how it says that one piece of work has ended:
 *
 *   none                  nothing is counted
 *   list                  tell every call
 *   kill N                kill the program before call N
 *   wait MICROSECONDS     kill it then, wherever it is
 *   others                tell every call of other processes than the program
 *   slay N                kill the process that makes the N-th of those, alone
 *   slaywait MICROSECONDS  kill one of those processes then, wherever it is
 *   fail N ERRNO          call N fails, the only one
 *   failfrom N ERRNO      so does every later one; where ERRNO is a full disk, only those that need more of it
 *   snap FOLDER EVERY     before each EVERY-th call copy IMAGE to FOLDER/N
 *   commit FOLDER EVERY   so too, after a flush of another file that lies beside UNDER and has no data to wait for: the file system
 *                         writes its journal and nothing else
 *   ... at NAME PART       N and EVERY count only calls of that name on paths that hold PART
 *   ... also NAME ERRNO PART   besides, the first call of that name on such a path fails
 *
 * The lines that it writes begin with '#': "#call N NAME PATH", "#hit N NAME PATH", "#end COUNT" at a marker, "#exit CODE COUNT", "#killed
 * COUNT" when the program is gone. All that the program started goes with it.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/btrfs.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "calls.h"

#define MARKER (-4242)

struct plan {
	char verb[16];
	long at;
	int error;
	char folder[4096];
	char name[32];
	char part[256];
	char also[32];
	int also_error;
	char also_part[256];
};

#define MOST_THREADS 1024

struct run {
	const char *under;
	const char *image;
	pid_t program;
	struct plan plan;
	long count;
	long matches;
	/* Every thread of every process that the program has started and that is not gone. */
	pid_t threads[MOST_THREADS];
	size_t thread_count;
};

static void fail(const char *what)
{
	perror(what);
	_exit(125);
}

__attribute__((format(printf, 1, 2))) static void tell(const char *format, ...)
{
	char line[PATH_ROOM + 256];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	if (length < 0 || length >= (int)sizeof(line) || write(STDOUT_FILENO, line, (size_t)length) != length)
		fail("write");
}

static void tell_call(const char *what, long count, const struct call *call)
{
	char path[PATH_ROOM];
	size_t length = 0;

	/* Names are bytes; a line must stay one. */
	for (const char *at = call->path; *at && length < sizeof(path) - 1; at++)
		path[length++] = *at < ' ' || *at > '~' ? '?' : *at;
	path[length] = 0;
	tell("#%s %ld %s %s\n", what, count, call->name, path);
}

static bool is_snap(const struct plan *plan)
{
	return !strcmp(plan->verb, "snap") || !strcmp(plan->verb, "commit");
}

/* One line, byte by byte: what follows it is the program's. */
static void read_plan(struct run *run)
{
	char line[sizeof(run->plan.folder)] = "";
	char rest[sizeof(line)] = "";
	struct itimerval alarm = { 0 };

	/* One that comes too late is for nobody. */
	setitimer(ITIMER_REAL, &alarm, NULL);
	for (size_t length = 0; length < sizeof(line) - 1 && read(STDIN_FILENO, line + length, 1) == 1 && line[length] != '\n'; length++)
		;
	run->plan = (struct plan){ 0 };
	run->count = 0;
	run->matches = 0;
	if (sscanf(line, "%15s %4095s", run->plan.verb, rest) < 1)
		snprintf(run->plan.verb, sizeof(run->plan.verb), "none");
	sscanf(line, "%*s %ld %d", &run->plan.at, &run->plan.error);
	snprintf(run->plan.folder, sizeof(run->plan.folder), "%s", rest);
	if (is_snap(&run->plan))
		sscanf(line, "%*s %*s %ld", &run->plan.at);
	if (strstr(line, " at "))
		sscanf(strstr(line, " at "), " at %31s %255s", run->plan.name, run->plan.part);
	if (strstr(line, " also "))
		sscanf(strstr(line, " also "), " also %31s %d %255s", run->plan.also, &run->plan.also_error, run->plan.also_part);
	if (!strcmp(run->plan.verb, "wait") || !strcmp(run->plan.verb, "slaywait")) {
		alarm.it_value.tv_sec = run->plan.at / 1000000;
		alarm.it_value.tv_usec = run->plan.at % 1000000;
	}
	setitimer(ITIMER_REAL, &alarm, NULL);
}

static bool is_under(const struct run *run, const char *path)
{
	for (const char *folder = run->under; *folder;) {
		size_t length = strcspn(folder, ":");

		if (!strncmp(path, folder, length) && (path[length] == '/' || !path[length]))
			return true;
		folder += length + (folder[length] == ':');
	}
	return false;
}

/* Temporary names are meant by a part that says so alone. A part that ends in "$" is the end of a path. */
static bool is_on(const char *path, const char *part)
{
	size_t length = strlen(part), whole = strlen(path);

	if (strstr(path, "/.vs-") && !strstr(part, "/.vs-"))
		return false;
	if (!length || part[length - 1] != '$')
		return strstr(path, part);
	return whole >= length - 1 && !strncmp(path + whole - (length - 1), part, length - 1);
}

static bool is_full(int error)
{
	return error == ENOSPC || error == EDQUOT;
}

static void copy_image(const struct run *run, bool commit)
{
	char path[sizeof(run->plan.folder) + 32];
	unsigned long long transaction = 0;
	int image, copy, other;

	if (commit) {
		size_t length = strcspn(run->under, ":");

		snprintf(path, sizeof(path), "%.*s.other", (int)length, run->under);
		other = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
		if (other < 0 || fchmod(other, run->matches % 2 ? 0600 : 0400) || fsync(other))
			fail(path);
		/* btrfs has a log of its own for flushed files; this is its transaction, data left out. */
		if (!ioctl(other, BTRFS_IOC_START_SYNC, &transaction) && ioctl(other, BTRFS_IOC_WAIT_SYNC, &transaction))
			fail(path);
		close(other);
	}
	snprintf(path, sizeof(path), "%s/%ld", run->plan.folder, run->count);
	image = open(run->image, O_RDONLY | O_CLOEXEC);
	copy = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (image < 0 || copy < 0 || ioctl(copy, FICLONE, image))
		fail(path);
	close(image);
	close(copy);
}

static void remember(struct run *run, pid_t thread)
{
	for (size_t i = 0; i < run->thread_count; i++)
		if (run->threads[i] == thread)
			return;
	if (run->thread_count == MOST_THREADS) {
		errno = EAGAIN;
		fail("too many threads");
	}
	run->threads[run->thread_count++] = thread;
}

static void forget(struct run *run, pid_t thread)
{
	for (size_t i = 0; i < run->thread_count; i++)
		if (run->threads[i] == thread)
			run->threads[i] = run->threads[--run->thread_count];
}

static void kill_all(struct run *run)
{
	int status;
	pid_t thread;

	for (size_t i = 0; i < run->thread_count; i++)
		kill(run->threads[i], SIGKILL);
	while ((thread = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR)
		if (thread > 0 && WIFSTOPPED(status))
			kill(thread, SIGKILL);
	tell("#killed %ld\n", run->count);
	_exit(0);
}

static bool is_program(const struct run *run, pid_t thread)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/task/%d", run->program, thread);
	return !access(path, F_OK);
}

static bool is_of_others(const struct plan *plan)
{
	return !strcmp(plan->verb, "others") || !strcmp(plan->verb, "slay");
}

/* The one that has been there longest: what a command starts first lives longest. */
static void slay_one(struct run *run)
{
	for (size_t i = 0; i < run->thread_count; i++)
		if (!is_program(run, run->threads[i])) {
			kill(run->threads[i], SIGKILL);
			return;
		}
}

static void at_call(struct run *run, pid_t thread)
{
	const char *verb = run->plan.verb;
	struct call call;
	bool now = false;

	if (!strcmp(verb, "none") || (is_of_others(&run->plan) && is_program(run, thread)) || !calls_read(thread, &call) ||
	    !is_under(run, call.path))
		return;
	run->count++;
	if (!run->plan.name[0] || (!strcmp(run->plan.name, call.name) && is_on(call.path, run->plan.part)))
		now = ++run->matches == run->plan.at || (is_snap(&run->plan) && run->plan.at > 0 && !(run->matches % run->plan.at));
	if (!strcmp(run->plan.also, call.name) && strstr(call.path, run->plan.also_part)) {
		run->plan.also[0] = 0;
		calls_fail(thread, run->plan.also_error);
		return;
	}
	if (!strcmp(verb, "list") || !strcmp(verb, "others")) {
		tell_call("call", run->count, &call);
	} else if (is_snap(&run->plan) && now) {
		tell_call("hit", run->count, &call);
		copy_image(run, !strcmp(verb, "commit"));
	} else if (!strcmp(verb, "kill") && now) {
		tell_call("hit", run->count, &call);
		kill_all(run);
	} else if (!strcmp(verb, "slay") && now) {
		tell_call("hit", run->count, &call);
		kill(thread, SIGKILL);
	} else if ((!strcmp(verb, "fail") && now) ||
		   (!strcmp(verb, "failfrom") && (now || (run->matches >= run->plan.at && (call.allocates || !is_full(run->plan.error)))))) {
		tell_call("hit", run->count, &call);
		calls_fail(thread, run->plan.error);
	}
}

static bool is_marker(pid_t thread)
{
	struct __ptrace_syscall_info info = { 0 };

	return ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof(info), &info) > 0 && info.seccomp.nr == __NR_close &&
	       (int)info.seccomp.args[0] == MARKER;
}

static void at_event(struct run *run, pid_t thread, int status);

/* What the program has started lives on while the next plan is waited for. */
static void await_plan(struct run *run)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	int status;
	pid_t thread;

	snprintf(run->plan.verb, sizeof(run->plan.verb), "none");
	while (poll(&input, 1, 2) <= 0)
		while ((thread = waitpid(-1, &status, __WALL | WNOHANG)) > 0)
			at_event(run, thread, status);
	read_plan(run);
}

static void at_stop(struct run *run, pid_t thread, int status)
{
	int signal = WSTOPSIG(status);

	remember(run, thread);
	if (status >> 8 == (SIGTRAP | (PTRACE_EVENT_SECCOMP << 8))) {
		if (is_marker(thread)) {
			tell("#end %ld\n", run->count);
			await_plan(run);
		} else {
			at_call(run, thread);
		}
	}
	/* New threads begin with a stop of ours. */
	ptrace(PTRACE_CONT, thread, 0, status >> 16 || signal == SIGSTOP || signal == SIGTRAP ? 0 : signal);
}

static void at_event(struct run *run, pid_t thread, int status)
{
	if (WIFSTOPPED(status)) {
		at_stop(run, thread, status);
		return;
	}
	forget(run, thread);
	if (thread != run->program)
		return;
	tell("#exit %d %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), run->count);
	_exit(0);
}

static _Noreturn void become(char **program)
{
	struct sock_filter filter[CALL_FILTER_ROOM + 4];
	struct sock_fprog all = { .filter = filter };
	size_t length = calls_filter(filter);

	/* In place of the last, which lets everything else pass: only the marker is left to be found. */
	filter[length - 1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_close, 0, 3);
	filter[length++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args));
	filter[length++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned int)MARKER, 0, 1);
	filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	all.len = (unsigned short)length;
	if (ptrace(PTRACE_TRACEME, 0, 0, 0) || raise(SIGSTOP) || syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, 0, &all))
		fail("seccomp");
	execvp(program[0], program);
	fail(program[0]);
	_exit(125);
}

static void on_alarm(int signal)
{
	(void)signal;
}

int main(int argc, char **argv)
{
	/* Without SA_RESTART: the wait is to be cut short. */
	struct sigaction alarm = { .sa_handler = on_alarm };
	struct run run = { 0 };
	int status;

	if (argc < 4) {
		fprintf(stderr, "usage: fault UNDER IMAGE PROGRAM [ARGUMENT...]\n");
		return 2;
	}
	run.under = argv[1];
	run.image = argv[2];
	sigaction(SIGALRM, &alarm, NULL);
	read_plan(&run);
	run.program = fork();
	if (run.program == 0)
		become(argv + 3);
	if (run.program < 0 || waitpid(run.program, &status, 0) != run.program ||
	    ptrace(PTRACE_SETOPTIONS, run.program, 0,
		   PTRACE_O_TRACESECCOMP | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC |
			   PTRACE_O_EXITKILL))
		fail("ptrace");
	remember(&run, run.program);
	ptrace(PTRACE_CONT, run.program, 0, 0);
	for (;;) {
		pid_t thread = waitpid(-1, &status, __WALL);

		if (thread < 0 && errno == EINTR && !strcmp(run.plan.verb, "slaywait"))
			slay_one(&run);
		else if (thread < 0 && errno == EINTR)
			kill_all(&run);
		else if (thread < 0)
			fail("waitpid");
		else
			at_event(&run, thread, status);
	}
}
