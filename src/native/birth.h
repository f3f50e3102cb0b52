/* The first process of a guest, in namespaces of its own. */
#pragma once

#include "order.h"

#include <sys/types.h>

/* Born in the cgroup, where that is not -1. Returns twice, as fork does; its ids are not mapped yet. */
pid_t vs_birth(const struct vs_order *order, int cgroup, int *ret_pidfd);
