/* The request: NUL-terminated key=value strings, checked against a verb's table before anything is done. */
#pragma once

#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VS_REQUEST_BYTES (1024 * 1024)
#define VS_REQUEST_ENTRIES 4096
#define VS_REQUEST_VALUE (64 * 1024)

enum vs_arity {
	VS_OPTIONAL,
	VS_REQUIRED,
	VS_LIST,
};

/* One key that a verb knows; a table ends with a NULL name. */
struct vs_key {
	const char *name;
	enum vs_arity arity;
};

struct vs_entry {
	const char *key;
	const char *value;
};

struct vs_request {
	char *bytes;
	struct vs_entry *entries;
	size_t count;
};

/* Reads fd to its end and parses what came. */
int vs_request_read(int fd, const struct vs_key *keys, struct vs_request *ret_request, struct vs_error *error);

/* Takes bytes over (malloc'ed, length + 1 bytes long), on failure too. */
int vs_request_parse(char *bytes, size_t length, const struct vs_key *keys, struct vs_request *ret_request,
		     struct vs_error *error);

void vs_request_free(struct vs_request *request);

/* The value of a single key, or NULL. */
const char *vs_request_text(const struct vs_request *request, const char *key);

/* An absolute path with no "." or ".." component; NULL in ret_path when the key is absent. */
int vs_request_path(const struct vs_request *request, const char *key, const char **ret_path, struct vs_error *error);

/* A decimal number of at most limit; fallback when the key is absent. */
int vs_request_number(const struct vs_request *request, const char *key, uint64_t limit, uint64_t fallback,
		      uint64_t *ret_number, struct vs_error *error);

/* A switch, "0" or "1"; off when the key is absent. */
int vs_request_switch(const struct vs_request *request, const char *key, bool *ret_on, struct vs_error *error);

/* The index of the value in choices (NULL-terminated); 0 when the key is absent. */
int vs_request_choice(const struct vs_request *request, const char *key, const char *const *choices,
		      struct vs_error *error);

/* All values of a list key in their order, NULL-terminated; to be freed, the strings belong to the request. */
int vs_request_list(const struct vs_request *request, const char *key, char ***ret_values, struct vs_error *error);
