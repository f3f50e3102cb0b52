/* Left-overs of a guest whose monitor was killed, or of a start that was: found by the next command, which holds the lock. */
#pragma once

#include "delta.h"
#include "run.h"

/*
 * Kills what may still run and removes cgroup, state and control. Returns 1 when there was a state, 0 when the
 * guest had ended properly or never run. ret_state, when not NULL, gets what the dead monitor had written.
 */
int vs_stale_clear(const struct vs_run *run, struct vs_state *ret_state, struct vs_error *error);
