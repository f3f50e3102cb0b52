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
	pid_t program;
	int status;
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
	reaper->program = 0;
	if (reaper->status < 0)
		return;
	if (write(reaper->status, &status, sizeof(status)) < 0)
		_exit(1);
	_exit(0);
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
	}
}

static void signal_handle(struct reaper *reaper, int number)
{
	if (number == SIGCHLD)
		return;
	if (reaper->status >= 0) {
		if (reaper->program > 0)
			kill(-reaper->program, number);
		return;
	}
	if (number != SIGTERM)
		return;
	reaper->is_stopping = true;
	kill(-1, SIGTERM);
	/* What is stopped can't end before it goes on. */
	kill(-1, SIGCONT);
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

int vs_reaper_start(const struct vs_program *program, int channel, int status, struct vs_error *error)
{
	struct reaper reaper = { .status = status };
	sigset_t signals;

	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	prctl(PR_SET_NAME, "vserver-init");
	if (program->arguments[0]) {
		reaper.program = fork();
		if (reaper.program == 0)
			program_main(program, channel);
		if (reaper.program < 0)
			return vs_fail(error, "Internal", errno, "fork", "");
	} else {
		vs_channel_say(channel, VS_WORD_GOING, NULL, 0);
	}
	vs_close(&channel);
	stdio_release();
	serve(&reaper, &signals);
}
