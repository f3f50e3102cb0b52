/* At most so many times within so long. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The most times that can be asked for. */
#define VS_RATE_MAX 100

struct vs_rate {
	/* When it was allowed, the last VS_RATE_MAX times; a ring. */
	int64_t times[VS_RATE_MAX];
	unsigned int next;
	unsigned int count;
};

/* True, and remembered, unless it was allowed limit times within the last period_ms. A limit of 0 allows nothing. */
bool vs_rate_allow(struct vs_rate *rate, unsigned int limit, int64_t period_ms, int64_t now);
