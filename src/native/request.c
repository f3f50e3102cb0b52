#include "request.h"

#include "cleanup.h"
#include "text.h"

#include <errno.h>
#include <string.h>

static int refuse(struct vs_error *error, int number, const char *key, const char *why)
{
	return vs_fail_detail(error, "BadRequest", number, "request", key, why);
}

static const struct vs_key *key_find(const struct vs_key *keys, const char *name)
{
	for (; keys->name; keys++)
		if (strcmp(keys->name, name) == 0)
			return keys;
	return NULL;
}

const char *vs_request_text(const struct vs_request *request, const char *key)
{
	for (size_t i = 0; i < request->count; i++)
		if (strcmp(request->entries[i].key, key) == 0)
			return request->entries[i].value;
	return NULL;
}

static int entry_add(struct vs_request *request, char *text, const struct vs_key *keys, struct vs_error *error)
{
	char *equals = strchr(text, '=');
	const struct vs_key *key;

	if (request->count == VS_REQUEST_ENTRIES)
		return refuse(error, E2BIG, "", "too many entries");
	if (!equals)
		return refuse(error, EINVAL, "", "an entry without '='");
	*equals = '\0';
	key = key_find(keys, text);
	if (!key)
		return refuse(error, EINVAL, text, "unknown key");
	if (key->arity != VS_LIST && vs_request_text(request, text))
		return refuse(error, EINVAL, text, "given twice");
	if (strlen(equals + 1) > VS_REQUEST_VALUE)
		return refuse(error, E2BIG, text, "value too long");
	request->entries[request->count++] = (struct vs_entry){ .key = text, .value = equals + 1 };
	return 0;
}

static int entries_split(struct vs_request *request, size_t length, const struct vs_key *keys, struct vs_error *error)
{
	char *end = request->bytes + length;

	if (length > 0 && end[-1] != '\0')
		return refuse(error, EINVAL, "", "the last entry has no end");
	for (char *text = request->bytes; text < end; ) {
		char *next = text + strlen(text) + 1;
		int r = entry_add(request, text, keys, error);

		if (r < 0)
			return r;
		text = next;
	}
	return 0;
}

static int required_check(const struct vs_request *request, const struct vs_key *keys, struct vs_error *error)
{
	for (; keys->name; keys++)
		if (keys->arity == VS_REQUIRED && !vs_request_text(request, keys->name))
			return refuse(error, EINVAL, keys->name, "missing");
	return 0;
}

int vs_request_parse(char *bytes, size_t length, const struct vs_key *keys, struct vs_request *ret_request,
		     struct vs_error *error)
{
	struct vs_request request = { .bytes = bytes };
	int r;

	request.entries = calloc(VS_REQUEST_ENTRIES, sizeof(*request.entries));
	if (!request.entries) {
		vs_request_free(&request);
		return refuse(error, ENOMEM, "", NULL);
	}
	r = entries_split(&request, length, keys, error);
	if (r >= 0)
		r = required_check(&request, keys, error);
	if (r < 0) {
		vs_request_free(&request);
		return r;
	}
	*ret_request = request;
	return 0;
}

int vs_request_read(int fd, const struct vs_key *keys, struct vs_request *ret_request, struct vs_error *error)
{
	cleanup_free char *bytes = NULL;
	size_t length = 0, room = 0;
	char *taken;

	for (;;) {
		ssize_t got;

		if (length == room) {
			char *larger = realloc(bytes, (room ? room * 4 : 4096) + 1);

			if (!larger)
				return refuse(error, ENOMEM, "", NULL);
			bytes = larger;
			room = room ? room * 4 : 4096;
		}
		got = read(fd, bytes + length, room - length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return refuse(error, errno, "", "descriptor 3 cannot be read");
		if (got == 0)
			break;
		length += (size_t)got;
		if (length > VS_REQUEST_BYTES)
			return refuse(error, E2BIG, "", "request too long");
	}
	taken = bytes;
	bytes = NULL;
	return vs_request_parse(taken, length, keys, ret_request, error);
}

void vs_request_free(struct vs_request *request)
{
	vs_free(&request->bytes);
	vs_free(&request->entries);
	request->count = 0;
}

int vs_request_path(const struct vs_request *request, const char *key, const char **ret_path, struct vs_error *error)
{
	const char *path = vs_request_text(request, key);

	if (path && !vs_text_is_plain_path(path))
		return refuse(error, EINVAL, key, "not an absolute path free of . and ..");
	*ret_path = path;
	return 0;
}

int vs_request_number(const struct vs_request *request, const char *key, uint64_t limit, uint64_t fallback,
		      uint64_t *ret_number, struct vs_error *error)
{
	const char *text = vs_request_text(request, key);

	if (!text) {
		*ret_number = fallback;
		return 0;
	}
	if (vs_text_number(text, limit, ret_number) < 0)
		return refuse(error, ERANGE, key, "not a decimal number in range");
	return 0;
}

int vs_request_switch(const struct vs_request *request, const char *key, bool *ret_on, struct vs_error *error)
{
	uint64_t value;
	int r = vs_request_number(request, key, 1, 0, &value, error);

	if (r >= 0)
		*ret_on = value == 1;
	return r;
}

int vs_request_choice(const struct vs_request *request, const char *key, const char *const *choices,
		      struct vs_error *error)
{
	const char *text = vs_request_text(request, key);

	if (!text)
		return 0;
	for (int i = 0; choices[i]; i++)
		if (strcmp(choices[i], text) == 0)
			return i;
	return refuse(error, EINVAL, key, "not one of the values known");
}

int vs_request_list(const struct vs_request *request, const char *key, char ***ret_values, struct vs_error *error)
{
	size_t count = 0;
	char **values = calloc(request->count + 1, sizeof(*values));

	if (!values)
		return refuse(error, ENOMEM, key, NULL);
	for (size_t i = 0; i < request->count; i++)
		if (strcmp(request->entries[i].key, key) == 0)
			values[count++] = request->bytes + (request->entries[i].value - request->bytes);
	*ret_values = values;
	return 0;
}
