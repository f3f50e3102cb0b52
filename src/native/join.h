/* Entering a running guest. */
#pragma once

#include "cgroup.h"
#include "error.h"
#include "program.h"

#include <stdbool.h>
#include <sys/types.h>

/* A running guest, with everything opened that is needed to enter it. */
struct vs_place {
	int init;
	struct vs_cgroup cgroup;
	bool is_privileged;
	bool has_own_network;
	bool is_linked;
	bool may_reboot;
	/* What process 1 has. */
	int nice;
};

#define VS_PLACE_NONE { .init = -1, .cgroup = VS_CGROUP_NONE }

/* NotRunning when the kernel doesn't know the guest's process 1 any more, whatever the state file says. */
int vs_place_open(const char *run, struct vs_place *ret_place, struct vs_error *error);
void vs_place_close(struct vs_place *place);
#define cleanup_place __attribute__((cleanup(vs_place_close)))

/*
 * Starts a process that is born in the guest's pid namespace and cgroup, joins its other namespaces, and becomes
 * the program; it reports on the channel. Returns its pid.
 */
pid_t vs_join_clone(const struct vs_place *place, const struct vs_program *program, int channel, int *ret_pidfd,
		    struct vs_error *error);
