#include "verbs.h"

#include "cgroup.h"
#include "cleanup.h"
#include "events.h"
#include "freeze.h"
#include "process.h"
#include "report.h"
#include "run.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

/* Where nothing tells of a thaw (cgroup version 1) we look this often. */
#define LOOK 100

static const struct vs_key keys[] = {
	{ "run", VS_REQUIRED },
	{ "for", VS_REQUIRED },
	{ "timeout-ms", VS_OPTIONAL },
	{ NULL, VS_OPTIONAL },
};

enum state {
	STATE_STOPPED,
	STATE_RUNNING,
	STATE_SUSPENDED,
	/* Between an end and the start that the monitor makes of it. */
	STATE_BETWEEN,
};

static const char *const states[] = { "stopped", "running", "suspended", NULL };

/* What the kernel tells us by. */
struct watch {
	int changes;
	int monitor;
	int frozen;
};

#define WATCH_NONE { .changes = -1, .monitor = -1, .frozen = -1 }

static void watch_close(struct watch *watch)
{
	vs_close(&watch->changes);
	vs_close(&watch->monitor);
	vs_close(&watch->frozen);
}
#define cleanup_watch __attribute__((cleanup(watch_close)))

static int changes_open(const struct vs_run *run, struct vs_error *error)
{
	const uint32_t events = IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_ONLYDIR;
	char path[40];
	cleanup_close int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", run->folder);
	if (fd < 0 || inotify_add_watch(fd, path, events) < 0)
		return vs_fail(error, "Internal", errno, "inotify_add_watch", run->name);
	return vs_take(&fd);
}

static enum state frozen_look(const struct vs_run *run, struct watch *watch)
{
	struct vs_error ignored = { .id = "" };
	cleanup_cgroup struct vs_cgroup cgroup = VS_CGROUP_NONE;

	vs_cgroup_open(run, false, &cgroup, &ignored);
	watch->frozen = vs_freeze_watch(&cgroup);
	return vs_freeze_state(&cgroup) == 1 ? STATE_SUSPENDED : STATE_RUNNING;
}

static enum state look(const struct vs_run *run, struct watch *watch)
{
	cleanup_state struct vs_state state = { NULL };
	cleanup_close int init = -1;

	vs_close(&watch->monitor);
	vs_close(&watch->frozen);
	if (vs_state_read(run, &state) < 0)
		return STATE_STOPPED;
	watch->monitor = vs_state_process(&state, "monitor");
	if (watch->monitor < 0)
		return STATE_STOPPED;
	init = vs_state_process(&state, "init");
	return init < 0 ? STATE_BETWEEN : frozen_look(run, watch);
}

static void drain(int changes)
{
	char events[1024];

	while (read(changes, events, sizeof(events)) > 0)
		;
}

/* 1: reached; 0: not in time; -ECANCELED: the report was closed. */
static int await(const struct vs_run *run, enum state wanted, int limit_ms, int report, struct watch *watch)
{
	int64_t deadline = vs_clock_milliseconds() + limit_ms;

	for (;;) {
		/* Before the look: what changes after it is told of. */
		enum state state = (drain(watch->changes), look(run, watch));
		int64_t left = limit_ms < 0 ? INT_MAX : deadline - vs_clock_milliseconds();
		struct pollfd waits[] = {
			{ .fd = watch->changes, .events = POLLIN },
			{ .fd = watch->monitor, .events = POLLIN },
			{ .fd = watch->frozen, .events = POLLPRI },
			{ .fd = report },
		};

		if (state == wanted)
			return 1;
		if (left <= 0)
			return 0;
		if (watch->monitor >= 0 && watch->frozen < 0 && left > LOOK)
			left = LOOK;
		if (poll(waits, 4, left == INT_MAX ? -1 : (int)left) < 0 && errno != EINTR)
			return -errno;
		if (waits[3].revents)
			return -ECANCELED;
	}
}

static int run_wait(const struct vs_request *request, int report, struct vs_error *error)
{
	cleanup_run struct vs_run run = VS_RUN_NONE;
	cleanup_watch struct watch watch = WATCH_NONE;
	struct vs_line line;
	uint64_t limit = 0;
	const char *path;
	int wanted = vs_request_choice(request, "for", states, error);
	int r = wanted;

	if (r >= 0)
		r = vs_request_number(request, "timeout-ms", INT_MAX - 1, 0, &limit, error);
	if (r >= 0)
		r = vs_request_path(request, "run", &path, error);
	if (r >= 0)
		r = vs_run_open(path, true, &run, error);
	if (r >= 0)
		r = changes_open(&run, error);
	if (r < 0)
		return r;
	watch.changes = r;
	r = await(&run, (enum state)wanted, limit ? (int)limit : -1, report, &watch);
	if (r < 0)
		return vs_fail(error, r == -ECANCELED ? "Cancelled" : "Internal", r, "poll", run.name);
	if (r == 0)
		return vs_event_timeout(report);
	vs_line_begin(&line, "reached");
	return vs_line_send(&line, report);
}

const struct vs_verb vs_verb_wait = { .name = "wait", .keys = keys, .run = run_wait };
