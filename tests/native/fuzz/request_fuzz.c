/* The request as "start" reads it, which has all kinds of keys. */
#include "fuzz.h"

#include "order.h"
#include "text.h"

static void order_use(const struct vs_order *order)
{
	FUZZ_CHECK(vs_text_is_plain_path(order->tree) && vs_text_is_plain_path(order->run));
	FUZZ_CHECK(vs_text_is_name(vs_text_base(order->run)));
	FUZZ_CHECK(vs_text_is_hostname(order->hostname));
	FUZZ_CHECK(order->is_privileged ? order->id_base == 0 : order->id_base >= 65536 && order->id_base <= UINT32_MAX - 65536);
	for (char **text = order->program.environment; *text; text++)
		FUZZ_CHECK(strchr(*text, '='));
	FUZZ_CHECK(order->limit_ms >= -1 && order->start_limit_ms >= 0 && order->restart_period_ms >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct vs_request request;
	struct vs_order order;
	struct vs_error error = { .id = "" };

	/* The parser takes the memory over. */
	if (vs_request_parse(fuzz_copy(bytes, length, 1), length, vs_order_keys, &request, &error) < 0) {
		FUZZ_CHECK(strcmp(error.id, "BadRequest") == 0);
		return 0;
	}
	if (vs_order_read(&request, &order, &error) >= 0) {
		order_use(&order);
		vs_order_free(&order);
	} else {
		FUZZ_CHECK(error.id[0]);
	}
	vs_request_free(&request);
	return 0;
}
