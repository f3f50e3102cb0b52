#include "reaper.h"

#include "channel.h"
#include "cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct reaper {
	const struct vs_reaper_order *order;
	pid_t program;
	/* The stop script; 0: not running. */
	pid_t stopper;
	bool is_stopping;
};

static _Noreturn void program_main(const struct vs_program *program, int channel)
{
	struct vs_error error = { .id = "" };

	if (setsid() < 0)
		vs_fail(&error, "Internal", errno, "setsid", "");
	else
		vs_program_run(program, channel, &error);
	vs_channel_fail(channel, &error);
	_exit(127);
}

/* Holding the caller's pipes open would keep their other ends from seeing the program's end. */
static void stdio_release(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	vs_close(&null);
}

static void program_ended(struct reaper *reaper, int status)
{
	bool told = write(reaper->order->status, &status, sizeof(status)) == sizeof(status);

	reaper->program = 0;
	if (reaper->order->is_only)
		_exit(told ? 0 : 1);
}

static void end_all(struct reaper *reaper)
{
	reaper->is_stopping = true;
	kill(-1, SIGTERM);
	/* What is stopped can't end before it goes on. */
	kill(-1, SIGCONT);
}

/* False when there is no child left. */
static bool reap(struct reaper *reaper)
{
	for (;;) {
		int status;
		pid_t pid = waitpid(-1, &status, WNOHANG);

		if (pid <= 0)
			return pid == 0;
		if (pid == reaper->program)
			program_ended(reaper, status);
		if (pid == reaper->stopper)
			end_all(reaper);
	}
}

static void stop_begin(struct reaper *reaper)
{
	const struct vs_program *script = &reaper->order->stopper;
	pid_t child;

	if (reaper->stopper != 0 || reaper->is_stopping)
		return;
	child = script->arguments && script->arguments[0] ? fork() : -1;
	if (child == 0)
		program_main(script, -1);
	if (child < 0)
		end_all(reaper);
	else
		reaper->stopper = child;
}

static void signal_handle(struct reaper *reaper, int number)
{
	if (number == SIGCHLD)
		return;
	if (!reaper->order->is_only) {
		if (number == SIGTERM)
			stop_begin(reaper);
	} else if (reaper->program > 0) {
		kill(-reaper->program, number);
	}
}

/* Commands run from outside are in our namespace but are not our children. */
static bool is_alone(void)
{
	return kill(-1, 0) < 0 && errno == ESRCH;
}

static _Noreturn void serve(struct reaper *reaper, const sigset_t *signals)
{
	const struct timespec look = { .tv_nsec = 20 * 1000 * 1000 };

	for (;;) {
		int number = sigtimedwait(signals, NULL, reaper->is_stopping ? &look : NULL);

		if (number > 0)
			signal_handle(reaper, number);
		if (!reap(reaper) && reaper->is_stopping && is_alone())
			_exit(0);
	}
}

int vs_reaper_start(const struct vs_reaper_order *order, int channel, struct vs_error *error)
{
	struct reaper reaper = { .order = order };
	sigset_t signals;

	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	prctl(PR_SET_NAME, "vserver-init");
	if (order->program->arguments[0]) {
		reaper.program = fork();
		if (reaper.program == 0)
			program_main(order->program, channel);
		if (reaper.program < 0)
			return vs_fail(error, "Internal", errno, "fork", "");
	} else {
		vs_channel_say(channel, VS_WORD_GOING, NULL, 0);
	}
	vs_close(&channel);
	if (order->is_only)
		stdio_release();
	serve(&reaper, &signals);
}
