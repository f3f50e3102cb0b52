#include "verbs.h"

#include "cleanup.h"
#include "file.h"
#include "join.h"
#include "limits.h"

#include <stdio.h>
#include <string.h>

static const struct vs_key keys[] = { { "run", VS_REQUIRED }, VS_LIMITS_KEYS, { NULL, VS_OPTIONAL } };

/* For the start that the monitor may make of the guest. */
static int nice_note(const struct vs_run *run, int nice, struct vs_error *error)
{
	char text[8];
	int r;

	snprintf(text, sizeof(text), "%d", nice);
	r = vs_file_replace(run->folder, "nice", text, strlen(text));
	return r < 0 ? vs_fail(error, "RunFolderFailed", r, "write", "nice") : 0;
}

static int run_limit(const struct vs_request *request, int report, struct vs_error *error)
{
	cleanup_place struct vs_place place = VS_PLACE_NONE;
	cleanup_run struct vs_run run = VS_RUN_NONE;
	struct vs_limits limits = { 0 };
	const char *path;
	int r = vs_request_path(request, "run", &path, error);

	if (r >= 0)
		r = vs_limits_read(request, &limits, error);
	if (r >= 0)
		r = vs_place_open(path, &place, error);
	if (r >= 0)
		r = vs_run_open(path, false, &run, error);
	if (r < 0)
		return r;
	r = vs_limits_change(&limits, &place.cgroup, &run, place.nice, report, error);
	return r < 0 ? r : nice_note(&run, limits.nice, error);
}

const struct vs_verb vs_verb_limit = { .name = "limit", .keys = keys, .run = run_limit };
