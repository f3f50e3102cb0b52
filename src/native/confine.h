/* What a guest's processes may do, whoever they are inside. */
#pragma once

#include "error.h"

#include <stdbool.h>

enum vs_network_power {
	VS_NETWORK_NOTHING,
	/* NET_RAW */
	VS_NETWORK_PACKETS,
	/* NET_RAW and NET_ADMIN */
	VS_NETWORK_ALL,
};

/*
 * What a guest may do to its network. Interfaces of the namespace at the other end of its link can be asked for and
 * changed from ours by whoever has NET_ADMIN over both, as the root of a guest without a user namespace would have.
 */
enum vs_network_power vs_confine_network(bool own, bool privileged, bool linked);

/* Leaves the caller's session keyring for an empty one; before this process is the guest's, which has few keys to spend. */
int vs_confine_keys(struct vs_error *error);

/*
 * Puts this process under the filter of system calls (seccomp.h) and lowers it to the ceiling of capabilities that a
 * guest's root has: the bounding set, so that setuid programs can't go above it either. Ambient and inheritable are
 * emptied.
 */
int vs_confine(enum vs_network_power network, bool may_reboot, struct vs_error *error);
