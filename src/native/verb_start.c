#include "verbs.h"

#include "channel.h"
#include "cleanup.h"
#include "front.h"
#include "kernel.h"
#include "monitor.h"
#include "stale.h"
#include "terminal.h"

#include <errno.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A start that follows a stop at once may find the lock held for a moment still. */
#define LOCK_PATIENCE 200

/* The monitor's last word, or what its death without one means. */
static int hear_result(int channel, struct vs_error *error)
{
	int word = vs_channel_hear(channel, NULL, 0, error);

	if (word < 0)
		return word;
	if (word != VS_WORD_GOING)
		return vs_fail_detail(error, "MonitorFailed", ECHILD, "clone3", "", "the monitor died without a word");
	return 0;
}

static int follow(const struct vs_order *order, int monitor, int channel, int signals, struct vs_error *error)
{
	cleanup_close int terminal = -1;

	if (!order->is_ephemeral)
		return hear_result(channel, error);
	/* The monitor watches report and time itself, so that it can end the guest and clean up after it. */
	if (order->program.terminal) {
		terminal = vs_terminal_receive(channel, error);
		if (terminal < 0)
			return terminal;
		vs_terminal_relay(terminal, monitor, 0, signals, -1, -1);
	} else {
		vs_front_release();
		vs_front_wait(monitor, 0, signals, -1, -1);
	}
	return hear_result(channel, error);
}

static int monitor_start(const struct vs_order *order, struct vs_run *run, int report, struct vs_error *error)
{
	cleanup_close int signals = vs_front_signals(error);
	cleanup_close int monitor = -1;
	int ends[2];
	pid_t pid;
	int r;

	if (signals < 0)
		return signals;
	r = vs_channel_make(ends, error);
	if (r < 0)
		return r;
	vs_front_open_pipes();
	pid = vs_clone(CLONE_NEWPID, &monitor, -1);
	if (pid == 0) {
		vs_close(&ends[0]);
		_exit(vs_monitor_main(order, run, ends[1], report));
	}
	vs_close(&ends[1]);
	/* Ours is a copy: the lock lives and dies with the monitor's. */
	vs_run_close(run);
	if (pid < 0)
		r = vs_fail(error, "NamespaceFailed", pid, "clone3", "CLONE_NEWPID");
	else
		r = follow(order, monitor, ends[0], signals, error);
	/* Only the monitor of a guest that stays up is left to the host to reap. */
	if (pid > 0 && (r < 0 || order->is_ephemeral))
		waitpid(pid, NULL, 0);
	vs_close(&ends[0]);
	return r;
}

static int start(const struct vs_order *order, int report, struct vs_error *error)
{
	cleanup_run struct vs_run run = VS_RUN_NONE;
	int r = vs_run_open(order->run, true, &run, error);

	if (r >= 0)
		r = vs_run_lock(&run, LOCK_PATIENCE, error);
	if (r >= 0)
		r = vs_stale_clear(&run, NULL, error);
	if (r >= 0 && !order->is_privileged)
		r = vs_run_lock_ids(&run, order->id_base, error);
	if (r < 0)
		return r;
	unlinkat(run.folder, "ended", 0);
	/* Noted by a limit that the last end had overtaken. */
	unlinkat(run.folder, "nice", 0);
	return monitor_start(order, &run, report, error);
}

static int run_start(const struct vs_request *request, int report, struct vs_error *error)
{
	struct vs_order order;
	int r = vs_order_read(request, &order, error);

	if (r < 0)
		return r;
	r = start(&order, report, error);
	vs_order_free(&order);
	return r;
}

const struct vs_verb vs_verb_start = { .name = "start", .keys = vs_order_keys, .run = run_start };
