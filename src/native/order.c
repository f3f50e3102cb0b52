#include "order.h"

#include "cleanup.h"
#include "idmap.h"
#include "rate.h"
#include "text.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

const struct vs_key vs_order_keys[] = {
	{ "name", VS_REQUIRED },   { "tree", VS_REQUIRED },  { "upper", VS_REQUIRED },    { "work", VS_REQUIRED },
	{ "run", VS_REQUIRED },    { "hostname", VS_REQUIRED }, { "id-base", VS_OPTIONAL }, { "privileged", VS_OPTIONAL },
	{ "init", VS_OPTIONAL },   { "arg", VS_LIST },       { "env", VS_LIST },          { "network", VS_OPTIONAL },
	{ "console", VS_OPTIONAL }, { "settle", VS_OPTIONAL }, { "ephemeral", VS_OPTIONAL }, { "discard", VS_OPTIONAL },
	{ "user", VS_OPTIONAL },   { "cwd", VS_OPTIONAL },   { "tty", VS_OPTIONAL },
	{ "timeout-ms", VS_OPTIONAL }, { "stop-arg", VS_LIST }, { "start-timeout-ms", VS_OPTIONAL },
	{ "restart", VS_OPTIONAL }, { "reboot", VS_OPTIONAL }, { "restart-limit", VS_OPTIONAL },
	{ "restart-period-ms", VS_OPTIONAL }, { "mount-source", VS_LIST }, { "mount-target", VS_LIST },
	{ "mount-options", VS_LIST }, VS_LIMITS_KEYS, { "port", VS_OPTIONAL }, { "bridge", VS_OPTIONAL },
	{ "mac", VS_OPTIONAL }, { "address", VS_LIST }, { "gateway", VS_LIST }, { NULL, VS_OPTIONAL },
};

static int refuse(struct vs_error *error, const char *key, const char *why)
{
	return vs_fail_detail(error, "BadRequest", EINVAL, "request", key, why);
}

static int paths_read(const struct vs_request *request, struct vs_order *order, struct vs_error *error)
{
	int r = vs_request_path(request, "tree", &order->tree, error);

	if (r >= 0)
		r = vs_request_path(request, "upper", &order->upper, error);
	if (r >= 0)
		r = vs_request_path(request, "work", &order->work, error);
	if (r >= 0)
		r = vs_request_path(request, "run", &order->run, error);
	if (r >= 0)
		r = vs_request_path(request, "console", &order->console, error);
	return r;
}

static int switches_read(const struct vs_request *request, struct vs_order *order, struct vs_error *error)
{
	int r = vs_request_switch(request, "privileged", &order->is_privileged, error);

	if (r >= 0)
		r = vs_request_switch(request, "settle", &order->is_settled, error);
	if (r >= 0)
		r = vs_request_switch(request, "ephemeral", &order->is_ephemeral, error);
	if (r >= 0)
		r = vs_request_switch(request, "discard", &order->is_discarded, error);
	return r;
}

static int choices_read(const struct vs_request *request, struct vs_order *order, struct vs_error *error)
{
	static const char *const inits[] = { "reaper", "plain", "script", "systemd", NULL };
	static const char *const networks[] = { "none", "host", NULL };
	int init = vs_request_choice(request, "init", inits, error);
	int network = vs_request_choice(request, "network", networks, error);

	order->init = (enum vs_init)init;
	order->has_own_network = network == 0;
	return init < 0 ? init : network;
}

static int policies_read(const struct vs_request *request, struct vs_order *order, struct vs_error *error)
{
	static const char *const restarts[] = { "never", "on-failure", "always", NULL };
	static const char *const reboots[] = { "restart", "stop", "ignore", NULL };
	uint64_t limit = 0, period = 0, start = 0;
	int restart = vs_request_choice(request, "restart", restarts, error);
	int reboot = vs_request_choice(request, "reboot", reboots, error);
	int r = restart < 0 ? restart : reboot;

	if (r >= 0)
		r = vs_request_number(request, "restart-limit", VS_RATE_MAX, 5, &limit, error);
	if (r >= 0)
		r = vs_request_number(request, "restart-period-ms", INT_MAX, 60 * 1000, &period, error);
	if (r >= 0)
		r = vs_request_number(request, "start-timeout-ms", INT_MAX, 0, &start, error);
	order->restart = (enum vs_restart)restart;
	order->reboot = (enum vs_reboot)reboot;
	order->restart_limit = (unsigned int)limit;
	order->restart_period_ms = (int64_t)period;
	order->start_limit_ms = (int)start;
	return r;
}

/* The block must not reach the host's own ids, nor the last id, which means "none". */
static int base_read(const struct vs_request *request, struct vs_order *order, struct vs_error *error)
{
	uint64_t base = 0;
	int r = vs_request_number(request, "id-base", UINT32_MAX - VS_ID_COUNT, 0, &base, error);

	if (r < 0)
		return r;
	if (!order->is_privileged && base < VS_ID_COUNT)
		return refuse(error, "id-base", "below the host's own 65,536 ids");
	order->id_base = order->is_privileged ? 0 : (uint32_t)base;
	return 0;
}

static int order_check(const struct vs_request *request, const struct vs_order *order, struct vs_error *error)
{
	const char *name = vs_request_text(request, "name");

	if (!vs_text_is_name(name))
		return refuse(error, "name", "not a guest's name");
	if (strcmp(name, vs_text_base(order->run)) != 0)
		return refuse(error, "run", "its last component is not the guest's name");
	if (!vs_text_is_hostname(order->hostname))
		return refuse(error, "hostname", "not a host name of at most 64 characters");
	if (!order->program.arguments[0] && (order->init != VS_INIT_REAPER || order->is_ephemeral))
		return refuse(error, "arg", "missing");
	if (order->link.port && !order->has_own_network)
		return refuse(error, "port", "the host's network has no link to a bridge");
	if (!order->is_ephemeral && (order->is_discarded || order->program.terminal || order->limit_ms >= 0))
		return refuse(error, "ephemeral", "needed for discard, tty and timeout-ms");
	return 0;
}

int vs_order_read(const struct vs_request *request, struct vs_order *ret_order, struct vs_error *error)
{
	struct vs_order order = { .hostname = vs_request_text(request, "hostname") };
	uint64_t limit = 0;
	int r = paths_read(request, &order, error);

	if (r >= 0)
		r = switches_read(request, &order, error);
	if (r >= 0)
		r = choices_read(request, &order, error);
	if (r >= 0)
		r = base_read(request, &order, error);
	if (r >= 0)
		r = policies_read(request, &order, error);
	if (r >= 0)
		r = vs_limits_read(request, &order.limits, error);
	if (r >= 0)
		r = vs_program_read(request, &order.program, error);
	if (r >= 0)
		r = vs_request_list(request, "stop-arg", &order.stop_arguments, error);
	if (r >= 0)
		r = vs_mounts_read(request, &order.mounts, error);
	if (r >= 0)
		r = vs_link_read(request, &order.link, error);
	if (r >= 0)
		r = vs_request_switch(request, "tty", &order.program.terminal, error);
	if (r >= 0)
		r = vs_request_number(request, "timeout-ms", INT_MAX, 0, &limit, error);
	order.limit_ms = limit ? (int)limit : -1;
	if (r >= 0)
		r = order_check(request, &order, error);
	if (r < 0) {
		vs_order_free(&order);
		return r;
	}
	*ret_order = order;
	return 0;
}

void vs_order_free(struct vs_order *order)
{
	vs_program_free(&order->program);
	vs_link_free(&order->link);
	vs_free(&order->stop_arguments);
	vs_mounts_free(&order->mounts);
}

bool vs_order_has_rebootmgr(const struct vs_order *order)
{
	return !order->is_ephemeral && order->reboot != VS_REBOOT_IGNORE;
}
