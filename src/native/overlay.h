/* The overlay that gives a guest a private, writable view of its tree. */
#pragma once

#include "delta.h"

#include <stdint.h>

/*
 * A detached overlay mount of the delta's upper over its tree. userns and base are the guest's user namespace and the
 * first host id of its block; userns is -1 for a privileged guest. is_volatile: no sync at the end, for deltas
 * that are dropped anyway.
 */
int vs_overlay_mount(const struct vs_delta *delta, int userns, uint32_t base, bool is_volatile, struct vs_error *error);
