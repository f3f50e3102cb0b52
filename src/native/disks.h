/* The host's disks. */
#pragma once

#include <stdbool.h>

/* Whether some disk shares its time by the weights of cgroups. v2 is the top folder of version 2, or -1 for version 1. */
bool vs_disks_weigh(int v2);
