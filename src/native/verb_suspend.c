#include "verbs.h"

#include "cleanup.h"
#include "freeze.h"
#include "join.h"

static const struct vs_key keys[] = { { "run", VS_REQUIRED }, { NULL, VS_OPTIONAL } };

static int set(const struct vs_request *request, bool frozen, int report, struct vs_error *error)
{
	cleanup_place struct vs_place place = VS_PLACE_NONE;
	const char *path;
	int r = vs_request_path(request, "run", &path, error);

	if (r >= 0)
		r = vs_place_open(path, &place, error);
	return r < 0 ? r : vs_freeze_set(&place.cgroup, frozen, report, error);
}

static int run_suspend(const struct vs_request *request, int report, struct vs_error *error)
{
	return set(request, true, report, error);
}

static int run_resume(const struct vs_request *request, int report, struct vs_error *error)
{
	return set(request, false, report, error);
}

const struct vs_verb vs_verb_suspend = { .name = "suspend", .keys = keys, .run = run_suspend };
const struct vs_verb vs_verb_resume = { .name = "resume", .keys = keys, .run = run_resume };
