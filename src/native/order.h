/* What "start" was asked to do. */
#pragma once

#include "program.h"
#include "request.h"

#include <stdbool.h>
#include <stdint.h>

enum vs_init {
	VS_INIT_REAPER,
	VS_INIT_PLAIN,
};

struct vs_order {
	const char *hostname;
	const char *tree;
	const char *upper;
	const char *work;
	const char *run;
	/* NULL: output of process 1 goes nowhere. */
	const char *console;
	uint32_t id_base;
	bool is_privileged;
	enum vs_init init;
	bool has_own_network;
	bool is_settled;
	bool is_ephemeral;
	bool is_discarded;
	/* How long an ephemeral guest may run; -1: for ever. */
	int limit_ms;
	struct vs_program program;
};

extern const struct vs_key vs_order_keys[];

int vs_order_read(const struct vs_request *request, struct vs_order *ret_order, struct vs_error *error);
