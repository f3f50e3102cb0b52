#include "error.h"

#include <errno.h>
#include <stdio.h>

static void copy(char *to, size_t size, const char *text)
{
	snprintf(to, size, "%s", text ? text : "");
}

int vs_fail_detail(struct vs_error *error, const char *id, int number, const char *call, const char *target,
		   const char *detail)
{
	int positive = number < 0 ? -number : number;

	if (error->id[0] == '\0') {
		copy(error->id, sizeof(error->id), id);
		copy(error->call, sizeof(error->call), call);
		copy(error->target, sizeof(error->target), target);
		copy(error->detail, sizeof(error->detail), detail);
		error->number = positive;
	}
	return positive ? -positive : -EINVAL;
}

int vs_fail(struct vs_error *error, const char *id, int number, const char *call, const char *target)
{
	return vs_fail_detail(error, id, number, call, target, NULL);
}
