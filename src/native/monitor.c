#include "monitor.h"

#include "channel.h"
#include "cleanup.h"
#include "console.h"
#include "control.h"
#include "ending.h"
#include "events.h"
#include "file.h"
#include "freeze.h"
#include "kernel.h"
#include "launch.h"
#include "process.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define CALLERS 16
#define DEFAULT_GRACE 10000
/* Between the signal that asks an ephemeral guest to end and the one that ends it. */
#define MERCY 2000
#define STATE_SIZE (20 * 1024)

struct monitor {
	const struct vs_order *order;
	struct vs_run *run;
	struct vs_delta delta;
	struct vs_cgroup cgroup;
	struct vs_guest guest;
	struct vs_console console;
	int signals;
	int listener;
	/* Those who asked for the end and wait to hear of it. */
	int callers[CALLERS];
	int report;
	/* On the monotonic clock; 0: not asked to stop. */
	int64_t stop_began;
	int64_t stop_deadline;
	/* When the time of an ephemeral guest is over; 0: never. */
	int64_t limit;
	bool is_killed;
	bool is_discarded;
};

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

static int state_write(const struct monitor *monitor, pid_t self, uint64_t self_start)
{
	const struct vs_order *order = monitor->order;
	cleanup_free char *text = calloc(1, STATE_SIZE);
	char path[256];

	if (!text)
		return -ENOMEM;
	if (!vs_state_add_number(text, STATE_SIZE, "monitor", (uint64_t)self) ||
	    !vs_state_add_number(text, STATE_SIZE, "monitor-start", self_start) ||
	    !vs_state_add_number(text, STATE_SIZE, "init", (uint64_t)monitor->guest.init) ||
	    !vs_state_add_number(text, STATE_SIZE, "init-start", monitor->guest.init_start) ||
	    !vs_state_add_number(text, STATE_SIZE, "id-base", order->id_base) ||
	    !vs_state_add_number(text, STATE_SIZE, "privileged", order->is_privileged) ||
	    !vs_state_add_number(text, STATE_SIZE, "own-network", order->has_own_network) ||
	    !vs_state_add_number(text, STATE_SIZE, "settle", order->is_settled) ||
	    !vs_state_add(text, STATE_SIZE, "tree", order->tree) ||
	    !vs_state_add(text, STATE_SIZE, "upper", order->upper) ||
	    !vs_state_add(text, STATE_SIZE, "work", order->work))
		return -ENAMETOOLONG;
	if (vs_cgroup_path(&monitor->cgroup, path, sizeof(path)) >= 0 && !vs_state_add(text, STATE_SIZE, "cgroup", path))
		return -ENAMETOOLONG;
	return vs_file_replace(monitor->run->folder, "state", text, strlen(text));
}

static int announce(const struct monitor *monitor, struct vs_error *error)
{
	struct vs_line line;
	uint64_t self_start;
	pid_t self;
	int r = vs_process_self(&self);

	if (r >= 0)
		r = vs_process_start_time(self, &self_start);
	if (r >= 0)
		r = state_write(monitor, self, self_start);
	if (r < 0)
		return vs_fail(error, "RunFolderFailed", r, "write", "state");
	vs_line_begin(&line, "started");
	vs_line_number(&line, "monitor", self);
	vs_line_number(&line, "monitor-start", (int64_t)self_start);
	vs_line_number(&line, "init", monitor->guest.init);
	vs_line_number(&line, "init-start", (int64_t)monitor->guest.init_start);
	r = vs_line_send(&line, monitor->report);
	return r < 0 ? vs_fail(error, "Cancelled", ECANCELED, "write", "report") : 0;
}

/* What the caller gave us is held by nobody but the guest's program from now on. */
static void caller_release(struct monitor *monitor)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOCTTY);

	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	vs_close(&null);
	if (!monitor->order->is_ephemeral)
		vs_close(&monitor->report);
}

static void kill_all(struct monitor *monitor)
{
	monitor->is_killed = true;
	vs_pidfd_signal(monitor->guest.pidfd, SIGKILL);
	vs_cgroup_kill(&monitor->cgroup);
}

static void stop_begin(struct monitor *monitor, uint64_t grace_ms)
{
	int64_t now = vs_clock_milliseconds();
	int64_t deadline = now + (int64_t)grace_ms;

	if (monitor->stop_began == 0) {
		monitor->stop_began = now;
		monitor->stop_deadline = deadline;
		vs_freeze_release(&monitor->cgroup);
		vs_pidfd_signal(monitor->guest.pidfd, SIGTERM);
	}
	if (deadline < monitor->stop_deadline)
		monitor->stop_deadline = deadline;
}

static void signals_handle(struct monitor *monitor)
{
	struct signalfd_siginfo info;

	if (read(monitor->signals, &info, sizeof(info)) != sizeof(info))
		return;
	if (monitor->order->is_ephemeral)
		vs_pidfd_signal(monitor->guest.pidfd, (int)info.ssi_signo);
	else if (info.ssi_signo == SIGTERM)
		stop_begin(monitor, DEFAULT_GRACE);
}

static void caller_accept(struct monitor *monitor)
{
	cleanup_close int connection = vs_control_accept(monitor->listener);

	for (int i = 0; connection >= 0 && i < CALLERS; i++)
		if (monitor->callers[i] < 0)
			monitor->callers[i] = vs_take(&connection);
}

/* A caller that goes away again changes nothing: what it asked for goes on. */
static void caller_handle(struct monitor *monitor, int *caller)
{
	struct vs_stop_request request;

	if (vs_control_hear(*caller, &request) < 0) {
		vs_close(caller);
		return;
	}
	monitor->is_discarded |= request.discard;
	stop_begin(monitor, request.grace_ms);
}

/* Milliseconds to what comes next: the end of an ephemeral guest's time, or that of the grace. -1: nothing does. */
static int time_left(const struct monitor *monitor)
{
	int64_t next = monitor->stop_began ? monitor->stop_deadline : monitor->limit;
	int64_t left;

	if (next == 0 || monitor->is_killed)
		return -1;
	left = next - vs_clock_milliseconds();
	return left > 0 ? (int)left : 0;
}

static void time_over(struct monitor *monitor)
{
	if (monitor->stop_began) {
		kill_all(monitor);
		return;
	}
	vs_event_timeout(monitor->report);
	stop_begin(monitor, MERCY);
}

static void console_handle(struct monitor *monitor)
{
	if (vs_console_pump(&monitor->console, monitor->guest.console) == 0)
		vs_close(&monitor->guest.console);
}

/* One round; true when process 1 has ended. poll() passes over descriptors below 0. */
static bool serve_once(struct monitor *monitor)
{
	struct pollfd waits[5 + CALLERS] = {
		{ .fd = monitor->guest.pidfd, .events = POLLIN },  { .fd = monitor->signals, .events = POLLIN },
		{ .fd = monitor->listener, .events = POLLIN },	   { .fd = monitor->guest.console, .events = POLLIN },
		{ .fd = monitor->report },
	};
	int ready;

	for (int i = 0; i < CALLERS; i++)
		waits[5 + i] = (struct pollfd){ .fd = monitor->callers[i], .events = POLLIN };
	ready = poll(waits, 5 + CALLERS, time_left(monitor));
	if (time_left(monitor) == 0)
		time_over(monitor);
	if (ready <= 0)
		return false;
	if (waits[1].revents)
		signals_handle(monitor);
	if (waits[2].revents)
		caller_accept(monitor);
	if (waits[3].revents)
		console_handle(monitor);
	if (waits[4].revents)
		kill_all(monitor);
	if (waits[4].revents)
		monitor->report = -1;
	for (int i = 0; i < CALLERS; i++)
		if (waits[5 + i].revents)
			caller_handle(monitor, &monitor->callers[i]);
	return waits[0].revents != 0;
}

static int start(struct monitor *monitor, struct vs_error *error)
{
	const struct vs_order *order = monitor->order;
	int r = vs_console_open(order->console, &monitor->console, error);

	if (r < 0)
		return r;
	r = vs_cgroup_open(monitor->run, true, &monitor->cgroup, error);
	if (r < 0)
		return r;
	monitor->listener = vs_control_listen(monitor->run, error);
	if (monitor->listener < 0)
		return monitor->listener;
	return vs_launch(order, &monitor->delta, &monitor->cgroup, &monitor->guest, error);
}

static int prepare(struct monitor *monitor, bool *ret_is_new, struct vs_error *error)
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

static int await_end(struct monitor *monitor)
{
	int status = 0;

	while (!serve_once(monitor))
		;
	while (waitpid(monitor->guest.child, &status, 0) < 0 && errno == EINTR)
		;
	if (monitor->guest.console >= 0)
		vs_console_pump(&monitor->console, monitor->guest.console);
	return status;
}

static struct vs_ending ending_of(const struct monitor *monitor, int status)
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
static int finish(struct monitor *monitor, int status, struct vs_error *error)
{
	struct vs_ending ending = ending_of(monitor, status);
	int r = vs_ending_settle(&ending, &monitor->delta, error);
	struct vs_error cgroup_error = { .id = "" };

	vs_cgroup_remove(&monitor->cgroup, monitor->run, &cgroup_error);
	vs_ending_record(&ending, monitor->run, error);
	vs_run_clear(monitor->run);
	if (monitor->order->is_ephemeral && monitor->report >= 0)
		vs_event_end(monitor->report, ending.program_status);
	if (monitor->order->is_ephemeral && monitor->report >= 0 && r >= 0 && ending.was_settled)
		vs_event_settled(monitor->report, &ending.settled);
	vs_run_close(monitor->run);
	for (int i = 0; i < CALLERS; i++)
		if (monitor->callers[i] >= 0)
			vs_ending_tell(&ending, monitor->callers[i], error);
	return r;
}

/* A start that failed leaves the delta as it was: gone, when this start had made it. */
static void undo(struct monitor *monitor, bool is_new)
{
	struct vs_error ignored = { .id = "" };
	struct vs_settled nothing;

	vs_cgroup_remove(&monitor->cgroup, monitor->run, &ignored);
	if (is_new)
		vs_delta_discard(&monitor->delta, &nothing, &ignored);
	vs_run_clear(monitor->run);
}

static int run(struct monitor *monitor, int channel, struct vs_error *error)
{
	bool is_new = false;
	int r = prepare(monitor, &is_new, error);

	if (r >= 0)
		r = start(monitor, error);
	if (r >= 0)
		r = announce(monitor, error);
	if (r < 0 && monitor->guest.pidfd >= 0) {
		kill_all(monitor);
		await_end(monitor);
	}
	if (r < 0) {
		undo(monitor, is_new);
		return r;
	}
	caller_release(monitor);
	if (monitor->order->limit_ms >= 0)
		monitor->limit = vs_clock_milliseconds() + monitor->order->limit_ms;
	if (monitor->guest.terminal >= 0)
		vs_channel_say(channel, VS_WORD_TERMINAL, &monitor->guest.terminal, 1);
	vs_close(&monitor->guest.terminal);
	if (!monitor->order->is_ephemeral)
		vs_channel_say(channel, VS_WORD_GOING, NULL, 0);
	return finish(monitor, await_end(monitor), error);
}

int vs_monitor_main(const struct vs_order *order, struct vs_run *own_run, int channel, int report)
{
	struct monitor monitor = {
		.order = order, .run = own_run, .delta = VS_DELTA_NONE, .cgroup = VS_CGROUP_NONE,
		.guest = VS_GUEST_NONE, .console = VS_CONSOLE_NONE, .listener = -1, .report = report,
		.is_discarded = order->is_discarded,
	};
	struct vs_error error = { .id = "" };
	int r = 0;

	for (int i = 0; i < CALLERS; i++)
		monitor.callers[i] = -1;
	setsid();
	prctl(PR_SET_NAME, "vserver-monitor");
	/* An ephemeral guest is part of the call; with it, it ends. */
	if (order->is_ephemeral)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	monitor.signals = signals_open(&error);
	r = monitor.signals < 0 ? monitor.signals : run(&monitor, channel, &error);
	if (r < 0)
		vs_channel_fail(channel, &error);
	else
		vs_channel_say(channel, VS_WORD_GOING, NULL, 0);
	return r < 0;
}
