/* Requests as tests write them. */
#pragma once

#include "error.h"
#include "request.h"

#include <stdlib.h>
#include <string.h>

/* The parser takes over memory of length + 1 bytes. */
static inline int parse_request(const char *text, size_t length, const struct vs_key *keys, struct vs_request *ret_request,
				struct vs_error *error)
{
	char *bytes = malloc(length + 1);

	if (!bytes)
		abort();
	memcpy(bytes, text, length);
	return vs_request_parse(bytes, length, keys, ret_request, error);
}
