/*
 * The monitor: parent of a guest's process 1, from its start to the last trace of it. It is process 1 of a pid
 * namespace of its own, around the guest's, so that the kernel itself kills the guest when the monitor is killed,
 * whatever the guest's process 1 did to its parent-death signal.
 */
#pragma once

#include "order.h"
#include "run.h"

/*
 * Starts the guest and stays until it ended. channel leads to the process that was called: it hears "going" when the
 * guest runs (an ephemeral one: when it has ended) or why it failed. Returns what to exit with.
 */
int vs_monitor_main(const struct vs_order *order, struct vs_run *run, int channel, int report);
