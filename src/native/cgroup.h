/* The guest's cgroup v2: vserver/STORE/NAME. Hosts without one are served without. */
#pragma once

#include "error.h"
#include "run.h"

struct vs_cgroup {
	/* The guest's folder, or -1 where the host mounts no cgroup v2. */
	int folder;
	/* The folder of the hierarchy. */
	int top;
};

#define VS_CGROUP_NONE { .folder = -1, .top = -1 }

/* Opens the folder of cgroup v2, wherever it is mounted; -ENOENT when nowhere. */
int vs_cgroup_top(void);

/* Opens the guest's cgroup, made when missing and make is set. None on this host is not an error. */
int vs_cgroup_open(const struct vs_run *run, bool make, struct vs_cgroup *ret_cgroup, struct vs_error *error);
void vs_cgroup_close(struct vs_cgroup *cgroup);
#define cleanup_cgroup __attribute__((cleanup(vs_cgroup_close)))

/* Kills all that is in it. Where there is no cgroup.kill (before Linux 5.14) that is left to the pid namespace. */
void vs_cgroup_kill(const struct vs_cgroup *cgroup);

/* Removes the guest's cgroup, and its parents when they are empty; waits for dying processes for two seconds at most. */
int vs_cgroup_remove(struct vs_cgroup *cgroup, const struct vs_run *run, struct vs_error *error);
