#include "verbs.h"

#include "cleanup.h"
#include "delta.h"
#include "events.h"
#include "stale.h"

static const struct vs_key keys[] = {
	{ "name", VS_OPTIONAL }, { "tree", VS_REQUIRED }, { "upper", VS_REQUIRED },   { "work", VS_REQUIRED },
	{ "run", VS_REQUIRED },	 { "discard", VS_OPTIONAL }, { NULL, VS_OPTIONAL },
};

struct places {
	const char *tree;
	const char *upper;
	const char *work;
	const char *run;
};

static int places_read(const struct vs_request *request, struct places *places, struct vs_error *error)
{
	int r = vs_request_path(request, "tree", &places->tree, error);

	if (r >= 0)
		r = vs_request_path(request, "upper", &places->upper, error);
	if (r >= 0)
		r = vs_request_path(request, "work", &places->work, error);
	if (r >= 0)
		r = vs_request_path(request, "run", &places->run, error);
	return r;
}

/* The lock is held for as long as we work, so the guest can't be started meanwhile. */
static int settle(const struct places *places, bool discard, int report, struct vs_error *error)
{
	cleanup_run struct vs_run run = VS_RUN_NONE;
	cleanup_delta struct vs_delta delta = VS_DELTA_NONE;
	struct vs_settled settled;
	int r = vs_run_open(places->run, true, &run, error);

	if (r >= 0)
		r = vs_run_lock(&run, 0, error);
	if (r >= 0)
		r = vs_stale_clear(&run, NULL, error);
	if (r >= 0)
		r = vs_delta_open(places->tree, places->upper, places->work, &delta, error);
	if (r >= 0)
		r = discard ? vs_delta_discard(&delta, &settled, error) :
			      vs_delta_settle(&delta, report, &settled, error);
	return r < 0 ? r : vs_event_settled(report, &settled);
}

static int run_settle(const struct vs_request *request, int report, struct vs_error *error)
{
	struct places places = { 0 };
	bool discard = false;
	int r = places_read(request, &places, error);

	if (r >= 0)
		r = vs_request_switch(request, "discard", &discard, error);
	return r < 0 ? r : settle(&places, discard, report, error);
}

const struct vs_verb vs_verb_settle = { .name = "settle", .keys = keys, .run = run_settle };
