#include "stale.h"

#include "cgroup.h"
#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "link.h"
#include "process.h"

#include <errno.h>
#include <signal.h>

/* Longer than a kernel takes to tear a pid namespace down, shorter than a human waits. */
#define PATIENCE 5000

static int init_kill(const struct vs_state *state, struct vs_error *error)
{
	cleanup_close int init = vs_state_process(state, "init");

	if (init < 0)
		return 0;
	vs_pidfd_signal(init, SIGKILL);
	if (vs_process_wait_end(init, PATIENCE) != 1)
		return vs_fail(error, "StopFailed", ETIMEDOUT, "kill", "init");
	return 1;
}

int vs_stale_clear(const struct vs_run *run, struct vs_state *ret_state, struct vs_error *error)
{
	static const char lost[] = "how=lost\n";
	cleanup_state struct vs_state state = { NULL };
	cleanup_cgroup struct vs_cgroup cgroup = VS_CGROUP_NONE;
	int r = vs_state_read(run, &state);
	bool has_state = r >= 0;

	if (r < 0 && r != -ENOENT)
		return vs_fail(error, "RunFolderFailed", r, "read", "state");
	/* Even without a state: a start that was killed before it wrote one has cgroups with limits already. */
	r = vs_cgroup_open(run, false, &cgroup, error);
	if (r < 0)
		return r;
	/* First: what is frozen may have to be thawed to die. */
	vs_cgroup_kill(&cgroup);
	r = has_state ? init_kill(&state, error) : 0;
	if (r >= 0)
		r = vs_cgroup_remove(&cgroup, run, error);
	if (r < 0 || !has_state)
		return r;
	vs_link_remove(vs_state_text(&state, "port"));
	vs_file_replace(run->folder, "ended", lost, sizeof(lost) - 1);
	vs_run_clear(run);
	if (ret_state) {
		*ret_state = state;
		state.text = NULL;
	}
	return 1;
}
