#include "limits.h"

#include "cleanup.h"
#include "disks.h"
#include "freeze.h"
#include "tasks.h"
#include "text.h"

#include <errno.h>
#include <limits.h>

/* What the kernel takes as the least: a millisecond of the period. */
#define CPU_LEAST 10
#define WEIGHT_MAX 1000

static const char *const keys[VS_CONTROLLERS] = {
	[VS_CPU] = "cpu-max", [VS_IO] = "io-weight", [VS_MEMORY] = "memory-max", [VS_PIDS] = "pids-max",
};

const char *vs_limits_key(enum vs_controller controller)
{
	return keys[controller];
}

static int nice_read(const struct vs_request *request, int *ret_nice, struct vs_error *error)
{
	const char *text = vs_request_text(request, "nice");
	uint64_t value = 0;
	bool is_below = text && text[0] == '-';

	if (text && vs_text_number(text + is_below, is_below ? 20 : 19, &value) < 0)
		return vs_fail_detail(error, "BadRequest", ERANGE, "request", "nice", "not a number from -20 to 19");
	*ret_nice = is_below ? -(int)value : (int)value;
	return 0;
}

int vs_limits_read(const struct vs_request *request, struct vs_limits *ret_limits, struct vs_error *error)
{
	int r = vs_request_number(request, "memory-max", INT64_MAX, 0, &ret_limits->memory_max, error);

	if (r >= 0)
		r = vs_request_number(request, "pids-max", INT_MAX, 0, &ret_limits->pids_max, error);
	if (r >= 0)
		r = vs_request_number(request, "cpu-max", 1000 * 1000, 0, &ret_limits->cpu_max, error);
	if (r >= 0)
		r = vs_request_number(request, "io-weight", WEIGHT_MAX, 0, &ret_limits->io_weight, error);
	if (r >= 0)
		r = nice_read(request, &ret_limits->nice, error);
	if (r >= 0 && ret_limits->cpu_max > 0 && ret_limits->cpu_max < CPU_LEAST)
		return vs_fail_detail(error, "BadRequest", ERANGE, "request", "cpu-max", "less than a hundredth of a processor");
	return r;
}

static uint64_t limit_of(const struct vs_limits *limits, enum vs_controller controller)
{
	const uint64_t values[VS_CONTROLLERS] = {
		[VS_CPU] = limits->cpu_max, [VS_IO] = limits->io_weight,
		[VS_MEMORY] = limits->memory_max, [VS_PIDS] = limits->pids_max,
	};

	return values[controller];
}

int vs_limits_offered(enum vs_controller controller, const char **ret_missing)
{
	static const char *const missing[VS_CONTROLLERS] = {
		[VS_CPU] = "no cgroup controller cpu, neither in version 2 nor at /sys/fs/cgroup/cpu",
		[VS_IO] = "no cgroup controller io, neither in version 2 nor at /sys/fs/cgroup/blkio",
		[VS_MEMORY] = "no cgroup controller memory, neither in version 2 nor at /sys/fs/cgroup/memory",
		[VS_PIDS] = "no cgroup controller pids, neither in version 2 nor at /sys/fs/cgroup/pids",
	};
	cleanup_close int v2 = vs_hierarchy_v2();
	bool is_v2 = v2 >= 0 && vs_hierarchy_has(v2, controller);
	cleanup_close int v1 = is_v2 ? -1 : vs_hierarchy_v1(vs_controller_v1(controller));

	*ret_missing = missing[controller];
	if (!is_v2 && v1 < 0)
		return -ENOTSUP;
	*ret_missing = "no disk shares its time by weight: none has the scheduler bfq, none is enabled in io.cost.qos";
	return controller == VS_IO && !vs_disks_weigh(is_v2 ? v2 : -1) ? -ENOTSUP : 0;
}

static int check(const struct vs_limits *limits, struct vs_error *error)
{
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++) {
		const char *missing;

		if (limit_of(limits, i) > 0 && vs_limits_offered(i, &missing) < 0)
			return vs_fail_detail(error, "LimitMissing", ENOTSUP, "open", keys[i], missing);
	}
	return 0;
}

/* The folder that the controller's limits of the guest are in, or -ENOENT. */
static int folder_of(const struct vs_cgroup *cgroup, enum vs_controller controller, bool *ret_is_v1)
{
	*ret_is_v1 = cgroup->v1[controller] >= 0;
	if (*ret_is_v1)
		return cgroup->v1[controller];
	return cgroup->folder >= 0 && !cgroup->is_v1 && vs_hierarchy_has(cgroup->folder, controller) ? cgroup->folder : -ENOENT;
}

/* Makes the guest's folder where it has none; what runs already is brought in by the caller. */
static int folder_make(struct vs_cgroup *cgroup, const struct vs_run *run, enum vs_controller controller)
{
	cleanup_close int top = -1;

	if (cgroup->folder >= 0 && !cgroup->is_v1 && vs_hierarchy_has(cgroup->top, controller))
		return vs_hierarchy_enable(cgroup->top, run, 1U << controller);
	top = vs_hierarchy_v1(vs_controller_v1(controller));
	if (top < 0)
		return top;
	cgroup->v1[controller] = vs_hierarchy_guest(top, run, true);
	return cgroup->v1[controller] < 0 ? cgroup->v1[controller] : 0;
}

/* The nice value is the share of the processor, too. */
static bool is_asked(const struct vs_limits *limits, enum vs_controller controller)
{
	return limit_of(limits, controller) > 0 || (controller == VS_CPU && limits->nice != 0);
}

/* What is new has nothing to be lifted. */
static int apply(const struct vs_limits *limits, struct vs_cgroup *cgroup, const struct vs_run *run, bool is_new,
		 struct vs_error *error)
{
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++) {
		bool is_v1;
		int r = 0, folder;

		if (is_new && !is_asked(limits, i))
			continue;
		folder = folder_of(cgroup, i, &is_v1);
		if (folder < 0 && limit_of(limits, i) == 0)
			continue;
		if (folder < 0) {
			r = folder_make(cgroup, run, i);
			folder = folder_of(cgroup, i, &is_v1);
		}
		if (r >= 0)
			r = folder < 0 ? folder : vs_limits_write(folder, is_v1, i, limits);
		if (r < 0)
			return vs_fail(error, "LimitFailed", r, "write", keys[i]);
	}
	return 0;
}

int vs_limits_begin(const struct vs_limits *limits, struct vs_cgroup *cgroup, const struct vs_run *run,
		    struct vs_error *error)
{
	int r = check(limits, error);

	return r < 0 ? r : apply(limits, cgroup, run, true, error);
}

/* Memory that was taken before it was counted never will be, so a limit on it would be none. */
static int check_counted(const struct vs_limits *limits, const struct vs_cgroup *cgroup, struct vs_error *error)
{
	bool is_v1;

	if (limits->memory_max > 0 && folder_of(cgroup, VS_MEMORY, &is_v1) < 0)
		return vs_fail(error, "LimitUncounted", EBUSY, "open", keys[VS_MEMORY]);
	return 0;
}

static int nice_change(const struct vs_cgroup *cgroup, int old, int nice)
{
	/* What the guest's own users have set stays, unless the guest's is to be another. */
	return old == nice ? 0 : vs_tasks_renice(cgroup->folder, cgroup->is_v1, nice);
}

static int processes_bring(const struct vs_cgroup *cgroup, const bool had[VS_CONTROLLERS])
{
	int r = 0;

	for (enum vs_controller i = 0; r >= 0 && i < VS_CONTROLLERS; i++)
		if (cgroup->v1[i] >= 0 && !had[i])
			r = vs_tasks_move(cgroup->folder, cgroup->v1[i]);
	return r;
}

static int change_frozen(const struct vs_limits *limits, struct vs_cgroup *cgroup, const struct vs_run *run, int old_nice,
			 struct vs_error *error)
{
	bool had[VS_CONTROLLERS];
	int r;

	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++)
		had[i] = cgroup->v1[i] >= 0;
	r = apply(limits, cgroup, run, false, error);
	if (r < 0)
		return r;
	r = processes_bring(cgroup, had);
	if (r >= 0)
		r = nice_change(cgroup, old_nice, limits->nice);
	return r < 0 ? vs_fail(error, "LimitFailed", r, "write", "cgroup.procs") : 0;
}

int vs_limits_change(const struct vs_limits *limits, struct vs_cgroup *cgroup, const struct vs_run *run, int old_nice,
		     int report, struct vs_error *error)
{
	int r = check(limits, error);
	bool was_frozen = vs_freeze_state(cgroup) == 1;

	if (r >= 0)
		r = check_counted(limits, cgroup, error);
	if (r >= 0 && !was_frozen)
		r = vs_freeze_set(cgroup, true, report, error);
	if (r < 0)
		return r;
	r = change_frozen(limits, cgroup, run, old_nice, error);
	if (!was_frozen)
		vs_freeze_release(cgroup);
	return r;
}
