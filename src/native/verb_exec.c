#include "verbs.h"

#include "cgroup.h"
#include "channel.h"
#include "cleanup.h"
#include "events.h"
#include "freeze.h"
#include "front.h"
#include "join.h"
#include "kernel.h"
#include "process.h"
#include "program.h"
#include "run.h"
#include "terminal.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Between the signal that asks a command to end and the one that ends it. */
#define MERCY 2000

static const struct vs_key keys[] = {
	{ "run", VS_REQUIRED },	 { "arg", VS_LIST },	   { "env", VS_LIST },		{ "cwd", VS_OPTIONAL },
	{ "user", VS_OPTIONAL }, { "tty", VS_OPTIONAL }, { "timeout-ms", VS_OPTIONAL }, { NULL, VS_OPTIONAL },
};

struct exec {
	const char *run;
	struct vs_program program;
	/* Of all that the command may take. */
	int64_t deadline;
	int signals;
	int report;
};

static int exec_read(const struct vs_request *request, struct exec *exec, struct vs_error *error)
{
	uint64_t limit = 0;
	int r = vs_request_path(request, "run", &exec->run, error);

	if (r >= 0)
		r = vs_request_number(request, "timeout-ms", INT_MAX, 0, &limit, error);
	if (r >= 0)
		r = vs_program_read(request, &exec->program, error);
	if (r >= 0)
		r = vs_request_switch(request, "tty", &exec->program.terminal, error);
	if (r >= 0 && !exec->program.arguments[0])
		r = vs_fail_detail(error, "BadRequest", EINVAL, "request", "arg", "missing");
	exec->deadline = vs_clock_deadline(limit ? (int)limit : -1);
	return r;
}

/* Asks the command's process group to end, and ends it. */
static void end(const struct exec *exec, int pidfd, pid_t pid)
{
	kill(-pid, SIGTERM);
	kill(-pid, SIGCONT);
	if (vs_front_wait(pidfd, pid, exec->signals, -1, vs_clock_deadline(MERCY)) == 1)
		return;
	kill(-pid, SIGKILL);
	vs_process_wait_end(pidfd, -1);
}

static int follow(const struct exec *exec, int pidfd, pid_t pid, int *terminal)
{
	int r;

	if (*terminal >= 0) {
		r = vs_terminal_relay(*terminal, pidfd, pid, exec->signals, exec->report, exec->deadline);
		/* Hangs the terminal up: what ignores SIGTERM, as a shell does, ends by that. */
		vs_close(terminal);
	} else {
		vs_front_release();
		r = vs_front_wait(pidfd, pid, exec->signals, exec->report, exec->deadline);
	}
	if (r == 0)
		vs_event_timeout(exec->report);
	if (r != 1)
		end(exec, pidfd, pid);
	return r;
}

/* Hears what the child had to say, and follows the program that it has become. */
static int attend(const struct exec *exec, int pidfd, pid_t pid, int channel, int *ret_followed, struct vs_error *error)
{
	cleanup_close int terminal = -1;
	int r = 0;

	if (exec->program.terminal) {
		terminal = vs_terminal_receive(channel, error);
		r = terminal < 0 ? terminal : 0;
	}
	if (r >= 0)
		r = vs_channel_await_program(channel, error);
	if (r >= 0)
		*ret_followed = follow(exec, pidfd, pid, &terminal);
	return r;
}

/* The guest's root may stop what enters before it is the program: it never will be. */
static void give_up(const struct exec *exec, int pidfd, int entered)
{
	if (entered == 0)
		vs_event_timeout(exec->report);
	vs_pidfd_signal(pidfd, SIGKILL);
	vs_process_wait_end(pidfd, -1);
}

static int await(const struct exec *exec, int pidfd, pid_t pid, int channel, struct vs_error *error)
{
	/* Of what was killed and can't be reaped. */
	int status = SIGKILL, r = 0;
	int followed = vs_front_await_hangup(channel, exec->report, exec->deadline);
	int reaped;

	if (followed == 1)
		r = attend(exec, pidfd, pid, channel, &followed, error);
	else
		give_up(exec, pidfd, followed);
	/* And it may trace the program: then only the tracer can reap it. */
	reaped = followed == 1 && r >= 0 ? vs_front_reap(pid, exec->report, exec->deadline, &status)
					 : vs_front_reap(pid, -1, vs_clock_deadline(MERCY), &status);
	if (r < 0)
		return r;
	if (followed < 0 || (followed == 1 && reaped < 0))
		return vs_fail(error, "Cancelled", ECANCELED, "exec", exec->program.arguments[0]);
	if (followed == 1 && reaped == 0)
		vs_event_timeout(exec->report);
	return vs_event_end(exec->report, status);
}

static int run_in(const struct exec *exec, const struct vs_place *place, struct vs_error *error)
{
	cleanup_close int channel = -1;
	cleanup_close int pidfd = -1;
	int ends[2];
	pid_t pid;
	int r = vs_channel_make(ends, error);

	if (r < 0)
		return r;
	channel = ends[0];
	pid = vs_join_clone(place, &exec->program, ends[1], &pidfd, error);
	vs_close(&ends[1]);
	return pid < 0 ? pid : await(exec, pidfd, pid, channel, error);
}

static int run_exec(const struct vs_request *request, int report, struct vs_error *error)
{
	struct exec exec = { .report = report, .signals = -1 };
	cleanup_place struct vs_place place = VS_PLACE_NONE;
	int r = exec_read(request, &exec, error);

	if (r >= 0)
		r = vs_place_open(exec.run, &place, error);
	/* A frozen command would never say that it runs. */
	if (r >= 0 && vs_freeze_state(&place.cgroup) == 1)
		r = vs_fail(error, "Suspended", EAGAIN, "clone3", exec.program.arguments[0]);
	if (r >= 0) {
		exec.signals = vs_front_signals(error);
		r = exec.signals;
	}
	if (r >= 0)
		r = run_in(&exec, &place, error);
	vs_close(&exec.signals);
	vs_program_free(&exec.program);
	return r;
}

const struct vs_verb vs_verb_exec = { .name = "exec", .keys = keys, .run = run_exec };
