/* What "start" was asked to do. */
#pragma once

#include "limits.h"
#include "link.h"
#include "mounts.h"
#include "policy.h"
#include "program.h"
#include "request.h"

#include <stdbool.h>
#include <stdint.h>

enum vs_init {
	VS_INIT_REAPER,
	VS_INIT_PLAIN,
	VS_INIT_SCRIPT,
	VS_INIT_SYSTEMD,
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
	struct vs_link link;
	bool is_settled;
	bool is_ephemeral;
	bool is_discarded;
	/* How long an ephemeral guest may run; -1: for ever. */
	int limit_ms;
	/* How long the start script may take; 0: for ever. */
	int start_limit_ms;
	enum vs_restart restart;
	enum vs_reboot reboot;
	/* At most so many restarts within so long. */
	unsigned int restart_limit;
	int64_t restart_period_ms;
	struct vs_limits limits;
	struct vs_program program;
	/* In the order in which they are made. */
	struct vs_mounts mounts;
	/* Run by the built-in process 1 when the guest is asked to end; NULL-terminated. */
	char **stop_arguments;
};

extern const struct vs_key vs_order_keys[];

/* Whether it gets a /dev/reboot: a single program has nothing to restart. */
bool vs_order_has_rebootmgr(const struct vs_order *order);

/* To be freed by vs_order_free. */
int vs_order_read(const struct vs_request *request, struct vs_order *ret_order, struct vs_error *error);
void vs_order_free(struct vs_order *order);
