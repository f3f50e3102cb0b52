/* Bringing a guest up: its namespaces, its root, its process 1. */
#pragma once

#include "cgroup.h"
#include "delta.h"
#include "order.h"

#include <stdint.h>
#include <sys/types.h>

struct vs_guest {
	/* Process 1: as our child, as /proc counts it, and when it was started. */
	pid_t child;
	pid_t init;
	uint64_t init_start;
	int pidfd;
	/* The read end of its console, or -1. */
	int console;
	/* The other side of its program's terminal, or -1. */
	int terminal;
	/* Where the built-in process 1 writes the program's wait status, or -1. */
	int status;
	/* The guest's /dev/reboot, listening, or -1. */
	int reboot;
};

#define VS_GUEST_NONE { .pidfd = -1, .console = -1, .terminal = -1, .status = -1, .reboot = -1 }

/* The program runs, with the nice value, when this returns 0; nothing is left when it fails. */
int vs_launch(const struct vs_order *order, const struct vs_delta *delta, const struct vs_cgroup *cgroup, int nice,
	      struct vs_guest *ret_guest, struct vs_error *error);

void vs_guest_close(struct vs_guest *guest);
#define cleanup_guest __attribute__((cleanup(vs_guest_close)))
