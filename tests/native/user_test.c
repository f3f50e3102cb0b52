#include "check.h"

#include "user.h"

#include <string.h>

static const char passwd[] =
	"# a comment\n"
	"broken:x:1\n"
	"negative:x:-1:0::/:/bin/sh\n"
	"huge:x:4294967295:0::/:/bin/sh\n"
	"more:x:9:9:a:b:c:d:e\n"
	"root:x:0:0:root:/root:/bin/bash\n"
	"joe:x:1000:100:Joe, the first:/home/joe:\n"
	"1234:x:77:77::/seven:/bin/sh\n"
	"last:x:5:6::/last:/bin/sh";

static void test_names(void)
{
	struct vs_user user;

	CHECK(vs_user_parse(passwd, "joe", &user) == 0);
	CHECK(user.id == 1000 && user.group == 100 && strcmp(user.home, "/home/joe") == 0 && user.shell[0] == '\0');
	CHECK(vs_user_parse(passwd, "last", &user) == 0 && user.id == 5 && user.group == 6);
	CHECK(vs_user_parse(passwd, "nobody", &user) < 0);
	CHECK(vs_user_parse(passwd, "jo", &user) < 0);
	CHECK(vs_user_parse("", "root", &user) < 0);
}

static void test_numbers(void)
{
	struct vs_user user;

	CHECK(vs_user_parse(passwd, "0", &user) == 0 && strcmp(user.name, "root") == 0);
	CHECK(vs_user_parse(passwd, "1000", &user) == 0 && strcmp(user.name, "joe") == 0);
	/* A name of digits is a name first. */
	CHECK(vs_user_parse(passwd, "1234", &user) == 0 && user.id == 77);
	CHECK(vs_user_parse(passwd, "4294967295", &user) < 0);
}

static void test_hostile_lines(void)
{
	struct vs_user user;
	char text[2048];

	CHECK(vs_user_parse(passwd, "broken", &user) < 0);
	CHECK(vs_user_parse(passwd, "negative", &user) < 0);
	CHECK(vs_user_parse(passwd, "huge", &user) < 0);
	CHECK(vs_user_parse(passwd, "more", &user) < 0);
	/* A home that doesn't fit is no home, not half of one. */
	snprintf(text, sizeof(text), "long:x:1:1::/%01000d:/bin/sh\n", 0);
	CHECK(vs_user_parse(text, "long", &user) < 0);
	CHECK(vs_user_parse(":::::::\n\n\n::::::", "x", &user) < 0);
}

static void test_groups(void)
{
	struct vs_user user = { .group = 100, .name = "joe" };
	static char many[VS_USER_GROUPS * 32];
	size_t length = 0;

	vs_user_parse_groups("users:x:100:joe\nstaff:x:50:ann,joe\nadm:x:4:joey,joel\nx:y:z:joe\nwheel:x:10:joe", &user);
	CHECK(user.group_count == 2 && user.groups[0] == 50 && user.groups[1] == 10);
	for (int i = 0; i < VS_USER_GROUPS + 50; i++)
		length += (size_t)snprintf(many + length, sizeof(many) - length, "g%d:x:%d:joe\n", i, 1000 + i);
	user.group_count = 0;
	vs_user_parse_groups(many, &user);
	CHECK(user.group_count == VS_USER_GROUPS);
}

int main(void)
{
	test_names();
	test_numbers();
	test_hostile_lines();
	test_groups();
	CHECK_END();
}
