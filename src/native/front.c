#include "front.h"

#include "cleanup.h"
#include "kernel.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

int vs_front_signals(struct vs_error *error)
{
	static const int passed_on[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH };
	sigset_t signals;
	int fd;

	sigemptyset(&signals);
	for (size_t i = 0; i < sizeof(passed_on) / sizeof(passed_on[0]); i++)
		sigaddset(&signals, passed_on[i]);
	fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	/* Stopped, we couldn't reap the program, and a guest's end waits until all its processes are reaped. */
	sigaddset(&signals, SIGTSTP);
	/* Changing the terminal from the background, or reading it, would stop us, too. */
	sigaddset(&signals, SIGTTOU);
	sigaddset(&signals, SIGTTIN);
	sigprocmask(SIG_BLOCK, &signals, NULL);
	return fd < 0 ? vs_fail(error, "Internal", errno, "signalfd", "") : fd;
}

int vs_front_pass_on(int pidfd, int group, int signals)
{
	struct signalfd_siginfo info;

	if (read(signals, &info, sizeof(info)) != sizeof(info))
		return 0;
	if (info.ssi_signo == SIGWINCH)
		return SIGWINCH;
	if (group > 0)
		kill(-group, (int)info.ssi_signo);
	else
		vs_pidfd_signal(pidfd, (int)info.ssi_signo);
	return (int)info.ssi_signo;
}

/* Waits for awaited, which signals go to as with vs_front_pass_on. */
static int wait_for(const struct pollfd *awaited, int group, int signals, int report, int64_t deadline)
{
	struct pollfd waits[] = { *awaited, { .fd = signals, .events = POLLIN }, { .fd = report } };

	for (;;) {
		int left = vs_clock_left(deadline);

		if (poll(waits, 3, left) < 0 && errno != EINTR)
			return -errno;
		if (waits[0].revents)
			return 1;
		if (waits[2].revents)
			return -ECANCELED;
		if (waits[1].revents)
			vs_front_pass_on(awaited->fd, group, signals);
		if (left == 0)
			return 0;
	}
}

int vs_front_wait(int pidfd, int group, int signals, int report, int64_t deadline)
{
	const struct pollfd process = { .fd = pidfd, .events = POLLIN };

	return wait_for(&process, group, signals, report, deadline);
}

int vs_front_await_hangup(int channel, int report, int64_t deadline)
{
	const struct pollfd hangup = { .fd = channel };

	return wait_for(&hangup, 0, -1, report, deadline);
}

int vs_front_reap(int pid, int report, int64_t deadline, int *ret_status)
{
	/* The kernel tells of no tracer's end. */
	const int look_ms = 20;
	struct pollfd caller = { .fd = report };

	for (;;) {
		pid_t reaped = waitpid(pid, ret_status, WNOHANG);

		if (reaped == pid)
			return 1;
		if (reaped < 0 && errno != EINTR)
			return -errno;
		if (vs_clock_left(deadline) == 0)
			return 0;
		if (poll(&caller, 1, look_ms) > 0)
			return -ECANCELED;
	}
}

void vs_front_release(void)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	vs_close(&null);
}

void vs_front_open_pipes(void)
{
	for (int fd = 0; fd < 3; fd++) {
		struct statfs system;

		if (fstatfs(fd, &system) == 0 && system.f_type == PIPEFS_MAGIC)
			fchmod(fd, 0666);
	}
}
