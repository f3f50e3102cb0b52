#include "freeze.h"

#include "cleanup.h"
#include "file.h"
#include "process.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Longer than a busy host takes for thousands of processes. */
#define PATIENCE 10000

/* Where the kernel tells of no change, as with version 1, we look this often. */
#define LOOK 10

int vs_freeze_state(const struct vs_cgroup *cgroup)
{
	char text[256];
	ssize_t length;

	if (cgroup->folder < 0)
		return -ENOTSUP;
	length = vs_file_read(cgroup->folder, cgroup->is_v1 ? "freezer.state" : "cgroup.events", text, sizeof(text));
	if (length < 0)
		return length == -ENOENT ? -ENOTSUP : (int)length;
	if (cgroup->is_v1)
		return strcmp(text, "FROZEN\n") == 0;
	/* Before Linux 5.2 there is no such line. */
	if (!strstr(text, "frozen "))
		return -ENOTSUP;
	return strstr(text, "frozen 1") != NULL;
}

static int write_state(const struct vs_cgroup *cgroup, bool frozen)
{
	if (cgroup->is_v1)
		return vs_file_write(cgroup->folder, "freezer.state", frozen ? "FROZEN" : "THAWED");
	return vs_file_write(cgroup->folder, "cgroup.freeze", frozen ? "1" : "0");
}

int vs_freeze_watch(const struct vs_cgroup *cgroup)
{
	int fd;

	if (cgroup->folder < 0 || cgroup->is_v1)
		return -ENOTSUP;
	fd = openat(cgroup->folder, "cgroup.events", O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	return fd < 0 ? -errno : fd;
}

/* 1: reached; 0: not in time; -ECANCELED: the report was closed. */
static int await(const struct vs_cgroup *cgroup, bool frozen, int report)
{
	int64_t deadline = vs_clock_milliseconds() + PATIENCE;
	cleanup_close int watch = vs_freeze_watch(cgroup);
	struct pollfd waits[] = { { .fd = watch, .events = POLLPRI }, { .fd = report } };

	for (;;) {
		int64_t left = deadline - vs_clock_milliseconds();
		int state = vs_freeze_state(cgroup);

		if (state < 0)
			return state;
		if ((state == 1) == frozen)
			return 1;
		if (left <= 0)
			return 0;
		if (poll(waits, 2, watch >= 0 || left < LOOK ? (int)left : LOOK) < 0 && errno != EINTR)
			return -errno;
		if (waits[1].revents)
			return -ECANCELED;
	}
}

void vs_freeze_release(const struct vs_cgroup *cgroup)
{
	if (cgroup->folder >= 0)
		write_state(cgroup, false);
}

int vs_freeze_set(const struct vs_cgroup *cgroup, bool frozen, int report, struct vs_error *error)
{
	int r = vs_freeze_state(cgroup);

	if (r >= 0)
		r = write_state(cgroup, frozen);
	if (r == -ENOTSUP)
		return vs_fail_detail(error, "FreezerMissing", ENOTSUP, "open", "cgroup.freeze",
				      "neither cgroup version 2 with cgroup.freeze nor the freezer of version 1");
	if (r >= 0)
		r = await(cgroup, frozen, report);
	if (r == 1)
		return 0;
	if (frozen)
		vs_freeze_release(cgroup);
	if (r == -ECANCELED)
		return vs_fail(error, "Cancelled", ECANCELED, "write", "report");
	return vs_fail(error, "FreezeFailed", r == 0 ? ETIMEDOUT : r, "write", "cgroup.freeze");
}
