/* The monitor's socket, <run>/control. One packet asks; packets that are lines of a report answer; then it is closed. */
#pragma once

#include "error.h"
#include "run.h"

#include <stdbool.h>
#include <stdint.h>

struct vs_stop_request {
	uint64_t grace_ms;
	bool discard;
};

/* The longest grace taken: an hour. */
#define VS_GRACE_MAX (60 * 60 * 1000)

int vs_control_listen(const struct vs_run *run, struct vs_error *error);

/* The next caller's connection, root's only; negative errno when there is none. */
int vs_control_accept(int listener);

/* Reads a caller's packet. */
int vs_control_hear(int connection, struct vs_stop_request *ret_request);

/* The caller's side: connects and asks. -ECONNREFUSED or -ENOENT: no monitor there. */
int vs_control_ask(const struct vs_run *run, const struct vs_stop_request *request);
