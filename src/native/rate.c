#include "rate.h"

bool vs_rate_allow(struct vs_rate *rate, unsigned int limit, int64_t period_ms, int64_t now)
{
	if (limit == 0 || limit > VS_RATE_MAX)
		return false;
	if (rate->count >= limit) {
		unsigned int oldest = (rate->next + VS_RATE_MAX - limit) % VS_RATE_MAX;

		if (now - rate->times[oldest] < period_ms)
			return false;
	}
	rate->times[rate->next] = now;
	rate->next = (rate->next + 1) % VS_RATE_MAX;
	if (rate->count < VS_RATE_MAX)
		rate->count++;
	return true;
}
