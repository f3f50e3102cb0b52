#include "monitor_parts.h"

#include "cleanup.h"
#include "control.h"
#include "events.h"
#include "freeze.h"
#include "kernel.h"
#include "process.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#define DEFAULT_GRACE 10000
/* Between the signal that asks an ephemeral guest to end and the one that ends it. */
#define MERCY 2000
/* SIGRTMIN+3 of glibc, which keeps two below it for itself: systemd halts. */
#define SYSTEMD_HALT 37

/* Those waited for; where there are many of one kind, the first of them. */
enum {
	INIT,
	SIGNALS,
	LISTENER,
	CONSOLE,
	REPORT,
	STATUS,
	REBOOT,
	CALLERS,
	REBOOT_CALLERS = CALLERS + VS_MONITOR_CALLERS,
	ALL = REBOOT_CALLERS + VS_REBOOTMGR_CALLERS,
};

void vs_monitor_kill(struct vs_monitor *monitor)
{
	monitor->is_killed = true;
	vs_pidfd_signal(monitor->guest.pidfd, SIGKILL);
	vs_cgroup_kill(&monitor->cgroup);
}

static void stop_begin(struct vs_monitor *monitor, uint64_t grace_ms)
{
	int64_t now = vs_clock_milliseconds();
	int64_t deadline = now + (int64_t)grace_ms;

	if (monitor->stop_began == 0) {
		monitor->stop_began = now;
		monitor->stop_deadline = deadline;
		vs_freeze_release(&monitor->cgroup);
		vs_pidfd_signal(monitor->guest.pidfd, monitor->order->init == VS_INIT_SYSTEMD ? SYSTEMD_HALT : SIGTERM);
	}
	if (deadline < monitor->stop_deadline)
		monitor->stop_deadline = deadline;
}

static void signals_handle(struct vs_monitor *monitor)
{
	struct signalfd_siginfo info;

	if (read(monitor->signals, &info, sizeof(info)) != sizeof(info))
		return;
	if (monitor->order->is_ephemeral) {
		vs_pidfd_signal(monitor->guest.pidfd, (int)info.ssi_signo);
	} else if (info.ssi_signo == SIGTERM) {
		monitor->next = VS_NEXT_STOP;
		stop_begin(monitor, DEFAULT_GRACE);
	}
}

static void caller_accept(struct vs_monitor *monitor)
{
	cleanup_close int connection = vs_control_accept(monitor->listener);

	for (int i = 0; connection >= 0 && i < VS_MONITOR_CALLERS; i++)
		if (monitor->callers[i] < 0)
			monitor->callers[i] = vs_take(&connection);
}

/* A caller that goes away again changes nothing: what it asked for goes on. */
static void caller_handle(struct vs_monitor *monitor, int *caller)
{
	struct vs_stop_request request;

	if (vs_control_hear(*caller, &request) < 0) {
		vs_close(caller);
		return;
	}
	monitor->is_discarded |= request.discard;
	monitor->next = VS_NEXT_STOP;
	stop_begin(monitor, request.grace_ms);
}

/* What the host asked for stands, whatever the guest wishes then. */
static void wish_handle(struct vs_monitor *monitor, enum vs_wish wish)
{
	bool again = wish == VS_WISH_REBOOT && monitor->order->reboot == VS_REBOOT_RESTART;

	if (wish == VS_WISH_NONE || monitor->next != VS_NEXT_NOTHING)
		return;
	monitor->next = again ? VS_NEXT_RESTART : VS_NEXT_STOP;
	stop_begin(monitor, DEFAULT_GRACE);
}

/* The reaper itself goes on: whether the guest does, the policy says. */
static void program_end_handle(struct vs_monitor *monitor)
{
	if (read(monitor->guest.status, &monitor->program_status, sizeof(int)) != sizeof(int)) {
		vs_close(&monitor->guest.status);
		return;
	}
	monitor->has_program_ended = true;
	if (monitor->is_starting)
		return;
	if (monitor->next == VS_NEXT_NOTHING && vs_policy_restarts(monitor->order->restart, monitor->program_status)) {
		monitor->next = VS_NEXT_RESTART;
		stop_begin(monitor, DEFAULT_GRACE);
	}
	vs_monitor_note(monitor);
}

/* Milliseconds to what comes next: the end of a limited time, or that of the grace. -1: nothing does. */
static int time_left(const struct vs_monitor *monitor)
{
	int64_t next = monitor->stop_began ? monitor->stop_deadline : monitor->limit;
	int64_t left;

	if (next == 0 || monitor->is_killed)
		return -1;
	left = next - vs_clock_milliseconds();
	return left > 0 ? (int)left : 0;
}

static void time_over(struct vs_monitor *monitor)
{
	if (monitor->stop_began || monitor->is_starting) {
		vs_monitor_kill(monitor);
		return;
	}
	vs_event_timeout(monitor->report);
	stop_begin(monitor, MERCY);
}

/* poll() passes over descriptors below 0. An ephemeral guest's status is read at its end. */
static void waits_fill(const struct vs_monitor *monitor, struct pollfd waits[ALL])
{
	waits[INIT] = (struct pollfd){ .fd = monitor->guest.pidfd, .events = POLLIN };
	waits[SIGNALS] = (struct pollfd){ .fd = monitor->signals, .events = POLLIN };
	waits[LISTENER] = (struct pollfd){ .fd = monitor->listener, .events = POLLIN };
	waits[CONSOLE] = (struct pollfd){ .fd = monitor->guest.console, .events = POLLIN };
	waits[REPORT] = (struct pollfd){ .fd = monitor->report };
	waits[STATUS] = (struct pollfd){ .fd = monitor->order->is_ephemeral ? -1 : monitor->guest.status, .events = POLLIN };
	waits[REBOOT] = (struct pollfd){ .fd = monitor->guest.reboot, .events = POLLIN };
	for (int i = 0; i < VS_MONITOR_CALLERS; i++)
		waits[CALLERS + i] = (struct pollfd){ .fd = monitor->callers[i], .events = POLLIN };
	for (int i = 0; i < VS_REBOOTMGR_CALLERS; i++)
		waits[REBOOT_CALLERS + i] = (struct pollfd){ .fd = monitor->rebootmgr.callers[i], .events = POLLIN };
}

static void hosts_handle(struct vs_monitor *monitor, const struct pollfd waits[ALL])
{
	if (waits[SIGNALS].revents)
		signals_handle(monitor);
	if (waits[REPORT].revents) {
		vs_monitor_kill(monitor);
		monitor->report = -1;
	}
	for (int i = 0; i < VS_MONITOR_CALLERS; i++)
		if (waits[CALLERS + i].revents)
			caller_handle(monitor, &monitor->callers[i]);
	if (waits[LISTENER].revents)
		caller_accept(monitor);
}

static void guests_handle(struct vs_monitor *monitor, const struct pollfd waits[ALL])
{
	if (waits[CONSOLE].revents && vs_console_pump(&monitor->console, monitor->guest.console) == 0)
		vs_close(&monitor->guest.console);
	if (waits[STATUS].revents)
		program_end_handle(monitor);
	for (int i = 0; i < VS_REBOOTMGR_CALLERS; i++)
		if (waits[REBOOT_CALLERS + i].revents)
			wish_handle(monitor, vs_rebootmgr_hear(&monitor->rebootmgr.callers[i]));
	if (waits[REBOOT].revents)
		vs_rebootmgr_accept(&monitor->rebootmgr, monitor->guest.reboot);
}

bool vs_monitor_serve(struct vs_monitor *monitor)
{
	struct pollfd waits[ALL];
	int ready;

	waits_fill(monitor, waits);
	ready = poll(waits, ALL, time_left(monitor));
	if (time_left(monitor) == 0)
		time_over(monitor);
	if (ready <= 0)
		return false;
	hosts_handle(monitor, waits);
	guests_handle(monitor, waits);
	return waits[INIT].revents != 0;
}
