#include "check.h"

#include "link.h"
#include "requests.h"

#include <string.h>

static const struct vs_key keys[] = {
	{ "port", VS_OPTIONAL }, { "bridge", VS_OPTIONAL },	{ "mac", VS_OPTIONAL },
	{ "address", VS_LIST },	 { "gateway", VS_LIST },	{ NULL, VS_OPTIONAL },
};

static int parse(const char *text, size_t length, struct vs_link *ret_link, struct vs_request *ret_request)
{
	struct vs_error error = { .id = "" };

	CHECK(parse_request(text, length, keys, ret_request, &error) == 0);
	return vs_link_read(ret_request, ret_link, &error);
}

#define PARSE(text, link, request) parse(text, sizeof(text) - 1, link, request)

static bool refuses(const char *text, size_t length)
{
	struct vs_link link = { 0 };
	struct vs_request request;
	int r = parse(text, length, &link, &request);

	vs_link_free(&link);
	vs_request_free(&request);
	return r < 0;
}

#define IS_REFUSED(text) refuses(text, sizeof(text) - 1)

static void test_whole_link(void)
{
	struct vs_link link = { 0 };
	struct vs_request request;

	CHECK(PARSE("port=vsg1\0bridge=vsb1\0mac=02:aa:0B:ff:00:10\0address=10.1.2.5/24\0address=fd00::5/64\0gateway=10.1.2.1\0",
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

	CHECK(PARSE("", &link, &request) == 0);
	CHECK(!link.port);
	vs_request_free(&request);
}

static void test_hostile_values(void)
{
	CHECK(IS_REFUSED("bridge=vsb1\0"));
	CHECK(IS_REFUSED("port=vsg1\0mac=02:aa:0b:ff:00:10\0"));
	CHECK(IS_REFUSED("port=vsg1\0bridge=vsb1\0"));
	CHECK(IS_REFUSED("port=sixteen-letters0\0bridge=vsb1\0mac=02:aa:0b:ff:00:10\0"));
	CHECK(IS_REFUSED("port=../vsg1\0bridge=vsb1\0mac=02:aa:0b:ff:00:10\0"));
	CHECK(IS_REFUSED("port=vsg1\0bridge=a/b\0mac=02:aa:0b:ff:00:10\0"));
	CHECK(IS_REFUSED("port=vsg1\0bridge=vsb1\0mac=02:aa:0b:ff:00\0"));
	CHECK(IS_REFUSED("port=vsg1\0bridge=vsb1\0mac=02:aa:0b:ff:00:1g\0"));
	CHECK(IS_REFUSED("port=vsg1\0bridge=vsb1\0mac=02:aa:0b:ff:00:100\0"));
}

int main(void)
{
	test_whole_link();
	test_no_link();
	test_hostile_values();
	CHECK_END();
}
