/* Process 1 of a guest, from its birth in new namespaces until it is what the guest runs. */
#pragma once

#include "order.h"

/*
 * Never returns. channel leads to the monitor; status, when not -1, gets the wait status of the guest's only program
 * (ephemeral with the reaper).
 */
_Noreturn void vs_inside_main(const struct vs_order *order, int channel, int status);
