/* What a guest's processes may do, whoever they are inside. */
#pragma once

#include "error.h"

#include <stdbool.h>

/* Leaves the caller's session keyring for an empty one; before this process is the guest's, which has few keys to spend. */
int vs_confine_keys(struct vs_error *error);

/*
 * Puts this process under the filter of system calls (seccomp.h) and lowers it to the ceiling of capabilities that a
 * guest's root has: the bounding set, so that setuid programs can't go above it either. Ambient and inheritable are
 * emptied. own_network adds NET_RAW and NET_ADMIN.
 */
int vs_confine(bool own_network, bool may_reboot, struct vs_error *error);
