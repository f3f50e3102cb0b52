#include "check.h"

#include "rebootmgr.h"

#include <sys/socket.h>
#include <unistd.h>

static void test_lines(void)
{
	CHECK(vs_rebootmgr_parse("reboot\n") == VS_WISH_REBOOT);
	CHECK(vs_rebootmgr_parse("halt\n") == VS_WISH_HALT);
	CHECK(vs_rebootmgr_parse("halt") == VS_WISH_HALT);
	CHECK(vs_rebootmgr_parse("reboot\r\nhalt\n") == VS_WISH_REBOOT);
	CHECK(vs_rebootmgr_parse("") == VS_WISH_NONE);
	CHECK(vs_rebootmgr_parse("rebootx\n") == VS_WISH_NONE);
	CHECK(vs_rebootmgr_parse("REBOOT\n") == VS_WISH_NONE);
	CHECK(vs_rebootmgr_parse(" halt\n") == VS_WISH_NONE);
}

static void test_hear_closes_the_caller(void)
{
	int ends[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends) == 0);
	CHECK(vs_rebootmgr_hear(&ends[0]) == VS_WISH_NONE && ends[0] >= 0);
	CHECK(write(ends[1], "reboot\n", 7) == 7);
	CHECK(vs_rebootmgr_hear(&ends[0]) == VS_WISH_REBOOT && ends[0] == -1);
	close(ends[1]);
}

int main(void)
{
	test_lines();
	test_hear_closes_the_caller();
	CHECK_END();
}
