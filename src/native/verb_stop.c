#include "verbs.h"

#include "cleanup.h"
#include "control.h"
#include "ending.h"
#include "events.h"
#include "report.h"
#include "stale.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define DEFAULT_GRACE 10000
#define LOCK_PATIENCE 2000

static const struct vs_key keys[] = {
	{ "run", VS_REQUIRED },
	{ "grace-ms", VS_OPTIONAL },
	{ "discard", VS_OPTIONAL },
	{ NULL, VS_OPTIONAL },
};

static int read_request(const struct vs_request *request, const char **ret_run, struct vs_stop_request *ret_stop,
			struct vs_error *error)
{
	int r = vs_request_path(request, "run", ret_run, error);

	if (r >= 0)
		r = vs_request_number(request, "grace-ms", VS_GRACE_MAX, DEFAULT_GRACE, &ret_stop->grace_ms, error);
	if (r >= 0)
		r = vs_request_switch(request, "discard", &ret_stop->discard, error);
	return r;
}

/* Passes the monitor's lines on; its "done" is not passed but says whether all went well. 0: it died without one. */
static int relay(int connection, int report, struct vs_error *error)
{
	static const char done[] = "{\"event\":\"done\",\"ok\":";
	char packet[VS_LINE + 1];

	for (;;) {
		ssize_t length = recv(connection, packet, VS_LINE, 0);

		if (length < 0 && errno == EINTR)
			continue;
		if (length <= 0)
			return 0;
		packet[length] = '\0';
		if (strncmp(packet, done, sizeof(done) - 1) == 0)
			return packet[sizeof(done) - 1] == 't' ? 1 : vs_fail(error, "SettleFailed", EIO, "stop", "");
		if (write(report, packet, (size_t)length) != length)
			return vs_fail(error, "Cancelled", ECANCELED, "write", "report");
	}
}

/* What the dead monitor would have done at the guest's end. */
static int delta_finish(const struct vs_state *state, bool discard, struct vs_ending *ending, struct vs_error *error)
{
	cleanup_delta struct vs_delta delta = VS_DELTA_NONE;
	const char *tree = vs_state_text(state, "tree");
	const char *upper = vs_state_text(state, "upper");
	const char *work = vs_state_text(state, "work");
	uint64_t settle = 0;
	int r;

	vs_state_number(state, "settle", &settle);
	ending->is_settled = settle == 1;
	ending->is_discarded = discard;
	if (!tree || !upper || !work || (settle == 0 && !discard))
		return 0;
	r = vs_delta_open(tree, upper, work, &delta, error);
	return r < 0 ? r : vs_ending_settle(ending, &delta, error);
}

static int stop_without_monitor(struct vs_run *run, bool discard, int report, struct vs_error *error)
{
	cleanup_state struct vs_state state = { NULL };
	struct vs_ending ending = { .step = "gone" };
	int r = vs_run_lock(run, LOCK_PATIENCE, error);

	if (r < 0)
		return r;
	r = vs_stale_clear(run, &state, error);
	if (r > 0)
		r = delta_finish(&state, discard, &ending, error);
	if (r < 0)
		return r;
	vs_event_stopped(report, ending.step, 0);
	return ending.was_settled ? vs_event_settled(report, &ending.settled) : 0;
}

static int run_stop(const struct vs_request *request, int report, struct vs_error *error)
{
	cleanup_run struct vs_run run = VS_RUN_NONE;
	cleanup_close int connection = -1;
	struct vs_stop_request stop = { 0 };
	const char *path;
	int r = read_request(request, &path, &stop, error);

	if (r >= 0)
		r = vs_run_open(path, false, &run, error);
	if (r == -ENOENT) {
		*error = (struct vs_error){ .id = "" };
		return vs_event_stopped(report, "gone", 0);
	}
	if (r < 0)
		return r;
	connection = vs_control_ask(&run, &stop);
	r = connection < 0 ? 0 : relay(connection, report, error);
	if (r != 0)
		return r < 0 ? r : 0;
	return stop_without_monitor(&run, stop.discard, report, error);
}

const struct vs_verb vs_verb_stop = { .name = "stop", .keys = keys, .run = run_stop };
