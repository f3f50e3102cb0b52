#include "check.h"

#include "rate.h"

static void test_limit_within_period(void)
{
	struct vs_rate rate = { .count = 0 };

	CHECK(vs_rate_allow(&rate, 2, 1000, 0));
	CHECK(vs_rate_allow(&rate, 2, 1000, 10));
	CHECK(!vs_rate_allow(&rate, 2, 1000, 20));
	/* What was refused doesn't count. */
	CHECK(!vs_rate_allow(&rate, 2, 1000, 999));
	CHECK(vs_rate_allow(&rate, 2, 1000, 1000));
	CHECK(!vs_rate_allow(&rate, 2, 1000, 1009));
	CHECK(vs_rate_allow(&rate, 2, 1000, 1010));
}

static void test_none_and_too_many(void)
{
	struct vs_rate rate = { .count = 0 };

	CHECK(!vs_rate_allow(&rate, 0, 1000, 0));
	CHECK(!vs_rate_allow(&rate, VS_RATE_MAX + 1, 1000, 0));
}

static void test_ring_goes_round(void)
{
	struct vs_rate rate = { .count = 0 };
	int64_t now = 0;

	for (int round = 0; round < 3 * VS_RATE_MAX; round++, now += 10)
		CHECK(vs_rate_allow(&rate, VS_RATE_MAX, 10 * VS_RATE_MAX, now));
	CHECK(!vs_rate_allow(&rate, VS_RATE_MAX, 10 * VS_RATE_MAX + 1, now));
}

int main(void)
{
	test_limit_within_period();
	test_none_and_too_many();
	test_ring_goes_round();
	CHECK_END();
}
