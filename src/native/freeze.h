/* Stopping the clock of all that is in a guest's cgroup. */
#pragma once

#include "cgroup.h"
#include "error.h"

#include <stdbool.h>

/* 1: frozen; 0: not; -ENOTSUP: this host can't freeze. */
int vs_freeze_state(const struct vs_cgroup *cgroup);

/*
 * Freezes or thaws all that is in the cgroup and returns when the kernel says that it is done. What can't be frozen in time (a
 * process that waits for a dead disk) undoes it; closing the report cancels. report may be -1.
 */
int vs_freeze_set(const struct vs_cgroup *cgroup, bool frozen, int report, struct vs_error *error);

/* Lets everything go on, without waiting for it: what is to end must be able to. */
void vs_freeze_release(const struct vs_cgroup *cgroup);

/* A descriptor that poll() tells POLLPRI of when the state may have changed; -ENOTSUP where only asking again tells. */
int vs_freeze_watch(const struct vs_cgroup *cgroup);
