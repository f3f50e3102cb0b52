#include "monitor.h"

#include "channel.h"
#include "cleanup.h"
#include "control.h"
#include "ending.h"
#include "events.h"
#include "file.h"
#include "limits.h"
#include "monitor_parts.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

static int signals_open(struct vs_error *error)
{
	sigset_t signals;
	int fd;

	sigfillset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	sigaddset(&signals, SIGQUIT);
	fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? vs_fail(error, "Internal", errno, "signalfd", "") : fd;
}

/* Who was dead before the kernel was asked for this is told of by nothing but the channel's other end. */
static void die_with_caller(int channel)
{
	struct pollfd caller = { .fd = channel };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (poll(&caller, 1, 0) > 0)
		_exit(1);
}

/* What the caller gave us is held by nobody but the guest's program from now on. */
static void caller_release(struct vs_monitor *monitor)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	vs_close(&null);
	if (!monitor->order->is_ephemeral)
		vs_close(&monitor->report);
}

static int await_end(struct vs_monitor *monitor)
{
	int status = 0;

	while (!vs_monitor_serve(monitor))
		;
	while (waitpid(monitor->guest.child, &status, 0) < 0 && errno == EINTR)
		;
	if (monitor->guest.console >= 0)
		vs_console_pump(&monitor->console, monitor->guest.console);
	return status;
}

/* A guest with a start script runs when that has ended, and well. */
static int await_script(struct vs_monitor *monitor, struct vs_error *error)
{
	char end[48] = "it was ended before";
	int status;

	if (monitor->order->init != VS_INIT_SCRIPT)
		return 0;
	monitor->is_starting = true;
	if (monitor->order->start_limit_ms > 0)
		monitor->limit = vs_clock_milliseconds() + monitor->order->start_limit_ms;
	while (!monitor->has_program_ended && !monitor->is_killed && !vs_monitor_serve(monitor))
		;
	monitor->is_starting = false;
	monitor->limit = 0;
	status = monitor->program_status;
	if (monitor->has_program_ended && !vs_policy_is_failure(status))
		return 0;
	if (monitor->is_killed && monitor->report < 0 && !monitor->restarted)
		return vs_fail(error, "Cancelled", ECANCELED, "write", "report");
	if (monitor->has_program_ended && WIFEXITED(status))
		snprintf(end, sizeof(end), "exit code %d", WEXITSTATUS(status));
	else if (monitor->has_program_ended)
		snprintf(end, sizeof(end), "signal %d", WTERMSIG(status));
	else if (monitor->is_killed)
		snprintf(end, sizeof(end), "its time was over");
	return vs_fail_detail(error, "ScriptFailed", 0, "execve", monitor->order->program.arguments[0], end);
}

static int bring_up(struct vs_monitor *monitor, struct vs_error *error)
{
	int r = vs_launch(monitor->order, &monitor->delta, &monitor->cgroup, monitor->nice, &monitor->guest, error);

	if (r >= 0)
		r = await_script(monitor, error);
	if (r < 0 && monitor->guest.pidfd >= 0) {
		vs_monitor_kill(monitor);
		await_end(monitor);
	}
	return r;
}

static int start(struct vs_monitor *monitor, struct vs_error *error)
{
	int r = vs_console_open(monitor->order->console, &monitor->console, error);

	if (r < 0)
		return r;
	r = vs_cgroup_open(monitor->run, true, &monitor->cgroup, error);
	if (r >= 0)
		r = vs_limits_begin(&monitor->order->limits, &monitor->cgroup, monitor->run, error);
	if (r < 0)
		return r;
	if (monitor->order->init == VS_INIT_SYSTEMD)
		r = vs_cgroup_delegate(&monitor->cgroup, monitor->order->id_base, error);
	if (r < 0)
		return r;
	monitor->listener = vs_control_listen(monitor->run, error);
	if (monitor->listener < 0)
		return monitor->listener;
	r = bring_up(monitor, error);
	if (r < 0)
		return r;
	r = vs_monitor_announce(monitor, error);
	if (r < 0) {
		vs_monitor_kill(monitor);
		await_end(monitor);
	}
	return r;
}

static int prepare(struct vs_monitor *monitor, bool *ret_is_new, struct vs_error *error)
{
	const struct vs_order *order = monitor->order;
	int r = vs_delta_open(order->tree, order->upper, order->work, &monitor->delta, error);

	if (r < 0)
		return r;
	r = vs_delta_prepare(&monitor->delta, ret_is_new, error);
	if (r < 0)
		return r;
	/* What a command may throw away is what it did itself. */
	if (order->is_discarded && vs_delta_is_empty(&monitor->delta) != 1)
		return vs_fail(error, "DeltaUnsettled", ENOTEMPTY, "start", order->upper);
	return 0;
}

/* What it was changed to since the start, if it was. */
static void nice_read(struct vs_monitor *monitor)
{
	char text[16];

	if (vs_file_read(monitor->run->folder, "nice", text, sizeof(text)) > 0)
		monitor->nice = (int)strtol(text, NULL, 10);
}

/* The delta stays as it is, and is settled when the guest ends for good. */
static int start_again(struct vs_monitor *monitor, struct vs_error *error)
{
	const struct vs_order *order = monitor->order;
	bool is_new = false;
	int r;

	if (!vs_rate_allow(&monitor->restarts, order->restart_limit, order->restart_period_ms, vs_clock_milliseconds()))
		return vs_fail(error, "RestartLimit", EAGAIN, "start", monitor->run->name);
	monitor->restarted++;
	vs_guest_close(&monitor->guest);
	vs_rebootmgr_close(&monitor->rebootmgr);
	monitor->guest = (struct vs_guest)VS_GUEST_NONE;
	monitor->next = VS_NEXT_NOTHING;
	monitor->stop_began = 0;
	monitor->is_killed = false;
	monitor->has_program_ended = false;
	vs_cgroup_clear(&monitor->cgroup);
	vs_cgroup_find(&monitor->cgroup, monitor->run);
	nice_read(monitor);
	r = vs_delta_prepare(&monitor->delta, &is_new, error);
	if (r >= 0)
		r = bring_up(monitor, error);
	if (r >= 0)
		vs_monitor_note(monitor);
	return r;
}

/* A failure to start it again is what the guest has ended of. */
static int await_last_end(struct vs_monitor *monitor, struct vs_error *error)
{
	const struct vs_order *order = monitor->order;

	for (;;) {
		int status = await_end(monitor);

		if (order->is_ephemeral || !vs_policy_goes_on(order->restart, order->reboot, monitor->next, status))
			return status;
		if (start_again(monitor, error) >= 0)
			continue;
		/* Asked to stop meanwhile, it has done that. */
		if (monitor->next == VS_NEXT_STOP)
			error->id[0] = '\0';
		return status;
	}
}

static struct vs_ending ending_of(const struct vs_monitor *monitor, int status)
{
	struct vs_ending ending = {
		.status = status,
		.step = monitor->is_killed ? "kill" : monitor->stop_began ? "signal" : "gone",
		.elapsed_ms = monitor->stop_began ? vs_clock_milliseconds() - monitor->stop_began : 0,
		.is_settled = monitor->order->is_settled,
		.is_discarded = monitor->is_discarded,
	};

	if (monitor->guest.status < 0 || read(monitor->guest.status, &ending.program_status, sizeof(int)) != sizeof(int))
		ending.program_status = status;
	return ending;
}

/* Everything of the guest is gone before anybody is told, and the lock before the last of them hears it. */
static int finish(struct vs_monitor *monitor, int status, struct vs_error *error)
{
	struct vs_ending ending = ending_of(monitor, status);
	int r = vs_ending_settle(&ending, &monitor->delta, error);
	struct vs_error cgroup_error = { .id = "" };

	vs_cgroup_remove(&monitor->cgroup, monitor->run, &cgroup_error);
	vs_link_remove(monitor->order->link.port);
	vs_ending_record(&ending, monitor->run, error);
	vs_run_clear(monitor->run);
	if (monitor->order->is_ephemeral && monitor->report >= 0)
		vs_event_end(monitor->report, ending.program_status);
	if (monitor->order->is_ephemeral && monitor->report >= 0 && r >= 0 && ending.was_settled)
		vs_event_settled(monitor->report, &ending.settled);
	/* Whoever hears of the end may unmount the store at once. */
	vs_delta_close(&monitor->delta);
	vs_console_close(&monitor->console);
	vs_run_close(monitor->run);
	for (int i = 0; i < VS_MONITOR_CALLERS; i++)
		if (monitor->callers[i] >= 0)
			vs_ending_tell(&ending, monitor->callers[i], error);
	return r;
}

/* A start that failed leaves the delta as it was: gone, when this start had made it. */
static void undo(struct vs_monitor *monitor, bool is_new)
{
	struct vs_error ignored = { .id = "" };
	struct vs_settled nothing;

	vs_cgroup_remove(&monitor->cgroup, monitor->run, &ignored);
	vs_link_remove(monitor->order->link.port);
	if (is_new)
		vs_delta_discard(&monitor->delta, &nothing, &ignored);
	vs_run_clear(monitor->run);
}

static int run(struct vs_monitor *monitor, int channel, struct vs_error *error)
{
	bool is_new = false;
	int r = prepare(monitor, &is_new, error);

	if (r >= 0)
		r = start(monitor, error);
	if (r < 0) {
		undo(monitor, is_new);
		return r;
	}
	/* Once more: each change of ids takes it back, and making the guest changes them. */
	if (monitor->order->is_ephemeral)
		die_with_caller(channel);
	caller_release(monitor);
	if (monitor->order->limit_ms >= 0)
		monitor->limit = vs_clock_milliseconds() + monitor->order->limit_ms;
	if (monitor->guest.terminal >= 0)
		vs_channel_say(channel, VS_WORD_TERMINAL, &monitor->guest.terminal, 1);
	vs_close(&monitor->guest.terminal);
	if (!monitor->order->is_ephemeral)
		vs_channel_say(channel, VS_WORD_GOING, NULL, 0);
	return finish(monitor, await_last_end(monitor, error), error);
}

int vs_monitor_main(const struct vs_order *order, struct vs_run *own_run, int channel, int report)
{
	struct vs_monitor monitor = {
		.order = order, .run = own_run, .delta = VS_DELTA_NONE, .cgroup = VS_CGROUP_NONE,
		.guest = VS_GUEST_NONE, .console = VS_CONSOLE_NONE, .rebootmgr = VS_REBOOTMGR_NONE,
		.listener = -1, .report = report, .is_discarded = order->is_discarded,
		.nice = order->limits.nice,
	};
	struct vs_error error = { .id = "" };
	int r = 0;

	for (int i = 0; i < VS_MONITOR_CALLERS; i++)
		monitor.callers[i] = -1;
	setsid();
	prctl(PR_SET_NAME, "vserver-monitor");
	/* An ephemeral guest is part of the call; with it, it ends. */
	if (order->is_ephemeral)
		die_with_caller(channel);
	monitor.signals = signals_open(&error);
	r = monitor.signals < 0 ? monitor.signals : run(&monitor, channel, &error);
	if (r < 0)
		vs_channel_fail(channel, &error);
	else
		vs_channel_say(channel, VS_WORD_GOING, NULL, 0);
	return r < 0;
}
