#include "check.h"

#include "text.h"

#include <string.h>

static void test_numbers(void)
{
	uint64_t number = 7;

	CHECK(vs_text_number("0", 0, &number) == 0 && number == 0);
	CHECK(vs_text_number("18446744073709551615", UINT64_MAX, &number) == 0 && number == UINT64_MAX);
	CHECK(vs_text_number("18446744073709551616", UINT64_MAX, &number) < 0);
	CHECK(vs_text_number("", 9, &number) < 0);
	CHECK(vs_text_number("-1", 9, &number) < 0);
	CHECK(vs_text_number("+1", 9, &number) < 0);
	CHECK(vs_text_number(" 1", 9, &number) < 0);
	CHECK(vs_text_number("1x", 9, &number) < 0);
	CHECK(vs_text_number("10", 9, &number) < 0);
}

static void test_paths(void)
{
	CHECK(vs_text_is_plain_path("/"));
	CHECK(vs_text_is_plain_path("/a/b..c/...d"));
	CHECK(vs_text_is_plain_path("/a/..."));
	CHECK(!vs_text_is_plain_path(""));
	CHECK(!vs_text_is_plain_path("a/b"));
	CHECK(!vs_text_is_plain_path("/.."));
	CHECK(!vs_text_is_plain_path("/a/./b"));
	CHECK(!vs_text_is_plain_path("/a/.."));
	CHECK(strcmp(vs_text_base("/a/b"), "b") == 0);
	CHECK(strcmp(vs_text_base("/a/"), "") == 0);
}

static void test_names(void)
{
	char longest[65];

	memset(longest, 'a', 64);
	longest[63] = '\0';
	CHECK(vs_text_is_name("web1"));
	CHECK(vs_text_is_name("0_a.b-c"));
	CHECK(vs_text_is_name(longest));
	longest[63] = 'a';
	longest[64] = '\0';
	CHECK(!vs_text_is_name(longest));
	CHECK(!vs_text_is_name(""));
	CHECK(!vs_text_is_name("Web"));
	CHECK(!vs_text_is_name(".web"));
	CHECK(!vs_text_is_name("a/b"));
	CHECK(!vs_text_is_name("a\nb"));
	CHECK(vs_text_is_store_id("A1"));
	CHECK(!vs_text_is_store_id(".."));
	CHECK(vs_text_is_hostname("web1.example.org"));
	CHECK(!vs_text_is_hostname("-web"));
	CHECK(!vs_text_is_hostname("a b"));
}

int main(void)
{
	test_numbers();
	test_paths();
	test_names();
	CHECK_END();
}
