/* How much of the host a guest may take. */
#pragma once

#include "cgroup.h"
#include "error.h"
#include "request.h"
#include "run.h"

#include <stdint.h>

struct vs_limits {
	/* Bytes, swap included; processes and threads; thousandths of a processor; 1 to 1000 with 100 as everybody's. 0: none. */
	uint64_t memory_max;
	uint64_t pids_max;
	uint64_t cpu_max;
	uint64_t io_weight;
	/* Of its processes, 0 as everybody's. */
	int nice;
};

/* Rows of a verb's table of keys. */
#define VS_LIMITS_KEYS \
	{ "memory-max", VS_OPTIONAL }, { "pids-max", VS_OPTIONAL }, { "cpu-max", VS_OPTIONAL }, \
	{ "io-weight", VS_OPTIONAL }, { "nice", VS_OPTIONAL }

int vs_limits_read(const struct vs_request *request, struct vs_limits *ret_limits, struct vs_error *error);

/* The key of a controller's limit. */
const char *vs_limits_key(enum vs_controller controller);

/* 0 when this host can hold guests to such limits, else negative errno and in words what is missing. */
int vs_limits_offered(enum vs_controller controller, const char **ret_missing);

/*
 * Limits the guest's cgroup, which nothing runs in yet. What the host can't do is refused before anything is set
 * (LimitMissing).
 */
int vs_limits_begin(const struct vs_limits *limits, struct vs_cgroup *cgroup, const struct vs_run *run,
		    struct vs_error *error);

/*
 * Limits a guest that runs, its processes' nice value too, and lifts what isn't limited any more. The guest is frozen
 * meanwhile, so that none of its processes is missed. old_nice is what its process 1 has.
 */
int vs_limits_change(const struct vs_limits *limits, struct vs_cgroup *cgroup, const struct vs_run *run, int old_nice,
		     int report, struct vs_error *error);

/* Writes one controller's limits, lifted ones too, into the guest's folder. */
int vs_limits_write(int folder, bool is_v1, enum vs_controller controller, const struct vs_limits *limits);
