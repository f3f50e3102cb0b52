/*
 * The guest's cgroup: vserver/STORE/NAME of version 2, else of version 1's freezer; beside it those of version 1 that
 * limit it. Hosts without any are served without.
 */
#pragma once

#include "error.h"
#include "hierarchy.h"
#include "run.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct vs_cgroup {
	/* The guest's folder, or -1 where the host mounts none. */
	int folder;
	/* The folder of the hierarchy. */
	int top;
	/* The one below it that was handed to the guest, with its processes; -1 when it was given none. */
	int handed;
	/* It is the freezer's: nothing is born in it, and it can't kill. */
	bool is_v1;
	/* The guest's folders in hierarchies of version 1, or -1. */
	int v1[VS_CONTROLLERS];
};

#define VS_CGROUP_NONE { .folder = -1, .top = -1, .handed = -1, .v1 = { -1, -1, -1, -1 } }

/* Opens the guest's cgroup, made when missing and make is set. None on this host is not an error. */
int vs_cgroup_open(const struct vs_run *run, bool make, struct vs_cgroup *ret_cgroup, struct vs_error *error);
void vs_cgroup_close(struct vs_cgroup *cgroup);
#define cleanup_cgroup __attribute__((cleanup(vs_cgroup_close)))

/* Opens those of version 1 that were made meanwhile, by whoever limited the guest while it ran. */
void vs_cgroup_find(struct vs_cgroup *cgroup, const struct vs_run *run);

/*
 * Gives the guest's root a cgroup below its own, where its processes live and it may make others, a bounded number:
 * limits are on the upper one, which it can't write to. CgroupMissing where there is none of version 2.
 */
int vs_cgroup_delegate(struct vs_cgroup *cgroup, uid_t owner, struct vs_error *error);

/* Brings a process in, 0 for the caller, where it was not born there. */
int vs_cgroup_enter(const struct vs_cgroup *cgroup, pid_t pid, struct vs_error *error);

/* What clone3 is to be given: -1 where nothing can be born in it. */
int vs_cgroup_birthplace(const struct vs_cgroup *cgroup);

/* Where it is in the host's file system. */
int vs_cgroup_path(const struct vs_cgroup *cgroup, char *ret_path, size_t size);

/* Kills all that is in it. Where there is no cgroup.kill (before Linux 5.14) that is left to the pid namespace. */
void vs_cgroup_kill(const struct vs_cgroup *cgroup);

/* Removes what the guest has made below its cgroup. */
void vs_cgroup_clear(const struct vs_cgroup *cgroup);

/* Removes the guest's cgroups, and their parents when they are empty; waits for dying processes for two seconds at most. */
int vs_cgroup_remove(struct vs_cgroup *cgroup, const struct vs_run *run, struct vs_error *error);
