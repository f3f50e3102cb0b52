/* What the monitor's own files share. */
#pragma once

#include "cgroup.h"
#include "console.h"
#include "delta.h"
#include "launch.h"
#include "order.h"
#include "policy.h"
#include "rate.h"
#include "rebootmgr.h"
#include "run.h"

#include <stdbool.h>
#include <stdint.h>

#define VS_MONITOR_CALLERS 16

struct vs_monitor {
	const struct vs_order *order;
	struct vs_run *run;
	struct vs_delta delta;
	struct vs_cgroup cgroup;
	struct vs_guest guest;
	struct vs_console console;
	struct vs_rebootmgr rebootmgr;
	int signals;
	int listener;
	/* Those who asked for the end and wait to hear of it. */
	int callers[VS_MONITOR_CALLERS];
	int report;
	/* On the monotonic clock; 0: not asked to stop. */
	int64_t stop_began;
	int64_t stop_deadline;
	/* When the time of an ephemeral guest or of a start script is over; 0: never. */
	int64_t limit;
	bool is_killed;
	bool is_discarded;
	/* The start script runs: nobody knows of the guest yet. */
	bool is_starting;
	enum vs_next next;
	/* Of the program that the built-in process 1 started. */
	bool has_program_ended;
	int program_status;
	unsigned int restarted;
	/* Of all that runs in the guest. */
	int nice;
	struct vs_rate restarts;
};

/* One round of waiting and answering; true when process 1 has ended. */
bool vs_monitor_serve(struct vs_monitor *monitor);

/* Kills all of the guest. */
void vs_monitor_kill(struct vs_monitor *monitor);

/* Writes <run>/state anew. */
int vs_monitor_note(const struct vs_monitor *monitor);

/* Tells the caller of the start. */
int vs_monitor_announce(const struct vs_monitor *monitor, struct vs_error *error);
