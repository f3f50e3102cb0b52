#include "check.h"

#include "requests.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct vs_key keys[] = {
	{ "name", VS_REQUIRED }, { "path", VS_OPTIONAL }, { "number", VS_OPTIONAL },
	{ "on", VS_OPTIONAL },	 { "arg", VS_LIST },	  { NULL, VS_OPTIONAL },
};

static int parse(const char *text, size_t length, struct vs_request *request, struct vs_error *error)
{
	*error = (struct vs_error){ .id = "" };
	return parse_request(text, length, keys, request, error);
}

#define PARSE(text) parse(text, sizeof(text) - 1, &request, &error)

static void test_good_request(void)
{
	struct vs_request request;
	struct vs_error error;
	char **list;
	uint64_t number = 0;
	bool on = false;

	CHECK(PARSE("name=web\0arg=a=b\0on=1\0arg=\0number=42\0arg=c\nd\0") == 0);
	CHECK(strcmp(vs_request_text(&request, "name"), "web") == 0);
	CHECK(vs_request_text(&request, "path") == NULL);
	CHECK(vs_request_number(&request, "number", 42, 0, &number, &error) == 0 && number == 42);
	CHECK(vs_request_switch(&request, "on", &on, &error) == 0 && on);
	CHECK(vs_request_list(&request, "arg", &list, &error) == 0);
	CHECK(strcmp(list[0], "a=b") == 0 && strcmp(list[1], "") == 0 && strcmp(list[2], "c\nd") == 0 && !list[3]);
	free(list);
	vs_request_free(&request);
}

static void test_bad_requests(void)
{
	struct vs_request request;
	struct vs_error error;

	CHECK(PARSE("") < 0 && strcmp(error.target, "name") == 0);
	CHECK(PARSE("name=web") < 0);
	CHECK(PARSE("name\0") < 0);
	CHECK(PARSE("=web\0") < 0);
	CHECK(PARSE("\0") < 0);
	CHECK(PARSE("name=web\0name=two\0") < 0 && strcmp(error.detail, "given twice") == 0);
	CHECK(PARSE("name=web\0other=1\0") < 0 && strcmp(error.target, "other") == 0);
	CHECK(strcmp(error.id, "BadRequest") == 0);
}

static void test_values_out_of_bounds(void)
{
	struct vs_request request;
	struct vs_error error;
	uint64_t number;
	const char *path;
	bool on;

	CHECK(PARSE("name=web\0number=43\0on=2\0path=/a/../b\0") == 0);
	CHECK(vs_request_number(&request, "number", 42, 0, &number, &error) < 0);
	CHECK(vs_request_switch(&request, "on", &on, &error) < 0);
	CHECK(vs_request_path(&request, "path", &path, &error) < 0);
	vs_request_free(&request);
}

static void test_caps(void)
{
	static char text[VS_REQUEST_VALUE + 64];
	struct vs_request request;
	struct vs_error error;
	size_t length;

	memset(text, 'x', sizeof(text));
	memcpy(text, "name=", 5);
	text[5 + VS_REQUEST_VALUE] = '\0';
	CHECK(parse(text, 5 + VS_REQUEST_VALUE + 1, &request, &error) == 0);
	vs_request_free(&request);
	text[5 + VS_REQUEST_VALUE] = 'x';
	text[6 + VS_REQUEST_VALUE] = '\0';
	CHECK(parse(text, 6 + VS_REQUEST_VALUE + 1, &request, &error) == -E2BIG);

	length = (size_t)snprintf(text, sizeof(text), "name=web") + 1;
	for (int i = 1; i < VS_REQUEST_ENTRIES; i++, length += 5)
		memcpy(text + length, "arg=", 5);
	CHECK(parse(text, length, &request, &error) == 0 && request.count == VS_REQUEST_ENTRIES);
	vs_request_free(&request);
	memcpy(text + length, "arg=", 5);
	CHECK(parse(text, length + 5, &request, &error) == -E2BIG);
}

int main(void)
{
	test_good_request();
	test_bad_requests();
	test_values_out_of_bounds();
	test_caps();
	CHECK_END();
}
