#include "check.h"

#include "link.h"

#include <stdlib.h>
#include <string.h>

static const struct vs_key keys[] = {
	{ "port", VS_OPTIONAL }, { "bridge", VS_OPTIONAL },	{ "mac", VS_OPTIONAL },
	{ "address", VS_LIST },	 { "gateway", VS_LIST },	{ NULL, VS_OPTIONAL },
};

/* The text has a newline where a request has a NUL. */
static int parse(const char *text, struct vs_link *ret_link, struct vs_request *ret_request)
{
	struct vs_error error = { .id = "" };
	size_t length = strlen(text);
	char *bytes = calloc(1, length + 1);

	if (!bytes)
		abort();
	for (size_t i = 0; i < length; i++)
		bytes[i] = text[i] == '\n' ? '\0' : text[i];
	CHECK(vs_request_parse(bytes, length, keys, ret_request, &error) == 0);
	return vs_link_read(ret_request, ret_link, &error);
}

static bool is_refused(const char *text)
{
	struct vs_link link = { 0 };
	struct vs_request request;
	int r = parse(text, &link, &request);

	vs_link_free(&link);
	vs_request_free(&request);
	return r < 0;
}

static void test_whole_link(void)
{
	struct vs_link link = { 0 };
	struct vs_request request;

	CHECK(parse("port=vsg1\nbridge=vsb1\nmac=02:aa:0B:ff:00:10\naddress=10.1.2.5/24\naddress=fd00::5/64\ngateway=10.1.2.1\n",
		    &link, &request) == 0);
	CHECK(strcmp(link.port, "vsg1") == 0 && strcmp(link.bridge, "vsb1") == 0);
	CHECK(memcmp(link.mac, "\x02\xaa\x0b\xff\x00\x10", 6) == 0);
	CHECK(strcmp(link.addresses[1], "fd00::5/64") == 0 && !link.addresses[2]);
	CHECK(strcmp(link.gateways[0], "10.1.2.1") == 0);
	vs_link_free(&link);
	vs_request_free(&request);
}

static void test_no_link(void)
{
	struct vs_link link = { 0 };
	struct vs_request request;

	CHECK(parse("", &link, &request) == 0);
	CHECK(!link.port);
	vs_request_free(&request);
}

static void test_hostile_values(void)
{
	CHECK(is_refused("bridge=vsb1\n"));
	CHECK(is_refused("port=vsg1\nmac=02:aa:0b:ff:00:10\n"));
	CHECK(is_refused("port=vsg1\nbridge=vsb1\n"));
	CHECK(is_refused("port=sixteen-letters0\nbridge=vsb1\nmac=02:aa:0b:ff:00:10\n"));
	CHECK(is_refused("port=../vsg1\nbridge=vsb1\nmac=02:aa:0b:ff:00:10\n"));
	CHECK(is_refused("port=vsg1\nbridge=a/b\nmac=02:aa:0b:ff:00:10\n"));
	CHECK(is_refused("port=vsg1\nbridge=vsb1\nmac=02:aa:0b:ff:00\n"));
	CHECK(is_refused("port=vsg1\nbridge=vsb1\nmac=02:aa:0b:ff:00:1g\n"));
	CHECK(is_refused("port=vsg1\nbridge=vsb1\nmac=02:aa:0b:ff:00:100\n"));
}

int main(void)
{
	test_whole_link();
	test_no_link();
	test_hostile_values();
	CHECK_END();
}
