#include "monitor_parts.h"

#include "cleanup.h"
#include "file.h"
#include "process.h"
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#define STATE_SIZE (20 * 1024)

struct self {
	pid_t pid;
	uint64_t start;
};

static int self_read(struct self *ret_self)
{
	int r = vs_process_self(&ret_self->pid);

	return r < 0 ? r : vs_process_start_time(ret_self->pid, &ret_self->start);
}

static bool guest_add(const struct vs_monitor *monitor, const struct self *self, char *text)
{
	const struct vs_order *order = monitor->order;

	return vs_state_add_number(text, STATE_SIZE, "monitor", (uint64_t)self->pid) &&
	       vs_state_add_number(text, STATE_SIZE, "monitor-start", self->start) &&
	       vs_state_add_number(text, STATE_SIZE, "init", (uint64_t)monitor->guest.init) &&
	       vs_state_add_number(text, STATE_SIZE, "init-start", monitor->guest.init_start) &&
	       vs_state_add_number(text, STATE_SIZE, "id-base", order->id_base) &&
	       vs_state_add_number(text, STATE_SIZE, "privileged", order->is_privileged) &&
	       vs_state_add_number(text, STATE_SIZE, "own-network", order->has_own_network) &&
	       vs_state_add_number(text, STATE_SIZE, "may-reboot", order->reboot != VS_REBOOT_IGNORE) &&
	       vs_state_add_number(text, STATE_SIZE, "settle", order->is_settled) &&
	       vs_state_add_number(text, STATE_SIZE, "restarts", monitor->restarted) &&
	       (!order->link.port || vs_state_add(text, STATE_SIZE, "port", order->link.port)) &&
	       vs_state_add(text, STATE_SIZE, "tree", order->tree) &&
	       vs_state_add(text, STATE_SIZE, "upper", order->upper) && vs_state_add(text, STATE_SIZE, "work", order->work);
}

static bool program_add(const struct vs_monitor *monitor, char *text)
{
	int status = monitor->program_status;
	char end[32];

	if (!monitor->has_program_ended)
		return true;
	if (WIFEXITED(status))
		snprintf(end, sizeof(end), "exited %d", WEXITSTATUS(status));
	else
		snprintf(end, sizeof(end), "signaled %d", WTERMSIG(status));
	return vs_state_add(text, STATE_SIZE, "program", end);
}

static bool cgroup_add(const struct vs_monitor *monitor, char *text)
{
	char path[256];

	return vs_cgroup_path(&monitor->cgroup, path, sizeof(path)) < 0 || vs_state_add(text, STATE_SIZE, "cgroup", path);
}

static int note(const struct vs_monitor *monitor, const struct self *self)
{
	cleanup_free char *text = calloc(1, STATE_SIZE);

	if (!text)
		return -ENOMEM;
	if (!guest_add(monitor, self, text) || !program_add(monitor, text) || !cgroup_add(monitor, text))
		return -ENAMETOOLONG;
	return vs_file_replace(monitor->run->folder, "state", text, strlen(text));
}

int vs_monitor_note(const struct vs_monitor *monitor)
{
	struct self self;
	int r = self_read(&self);

	return r < 0 ? r : note(monitor, &self);
}

int vs_monitor_announce(const struct vs_monitor *monitor, struct vs_error *error)
{
	struct vs_line line;
	struct self self;
	int r = self_read(&self);

	if (r >= 0)
		r = note(monitor, &self);
	if (r < 0)
		return vs_fail(error, "RunFolderFailed", r, "write", "state");
	vs_line_begin(&line, "started");
	vs_line_number(&line, "monitor", self.pid);
	vs_line_number(&line, "monitor-start", (int64_t)self.start);
	vs_line_number(&line, "init", monitor->guest.init);
	vs_line_number(&line, "init-start", (int64_t)monitor->guest.init_start);
	r = vs_line_send(&line, monitor->report);
	return r < 0 ? vs_fail(error, "Cancelled", ECANCELED, "write", "report") : 0;
}
