/* The verbs. Each reports its events on report and returns 0, or a negative errno with error filled. */
#pragma once

#include "request.h"

struct vs_verb {
	const char *name;
	const struct vs_key *keys;
	int (*run)(const struct vs_request *request, int report, struct vs_error *error);
};

extern const struct vs_verb vs_verb_start;
extern const struct vs_verb vs_verb_exec;
extern const struct vs_verb vs_verb_stop;
extern const struct vs_verb vs_verb_suspend;
extern const struct vs_verb vs_verb_resume;
extern const struct vs_verb vs_verb_limit;
extern const struct vs_verb vs_verb_wait;
extern const struct vs_verb vs_verb_settle;
extern const struct vs_verb vs_verb_probe;
extern const struct vs_verb vs_verb_inspect;
