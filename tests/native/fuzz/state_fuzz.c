/* A state file that somebody has written, and one that we write of a stranger's paths. */
#include "fuzz.h"

#include "run.h"

#include <errno.h>

static void foreign(const uint8_t *bytes, size_t length)
{
	struct vs_state state = { .text = fuzz_copy(bytes, length, 2) };
	uint64_t number;

	vs_state_decode(state.text, length);
	vs_state_text(&state, "tree");
	vs_state_number(&state, "privileged", &number);
	FUZZ_CHECK(vs_state_process(&state, "init") != 0);
	vs_state_free(&state);
}

static void round_trip(const uint8_t *bytes, size_t length)
{
	char text[1024] = "";
	char *value = fuzz_copy(bytes, length, 1);
	struct vs_state state = { .text = text };

	if (vs_state_add_number(text, sizeof(text) - 2, "first", length) && vs_state_add(text, sizeof(text) - 2, "tree", value)) {
		vs_state_decode(text, strlen(text));
		FUZZ_CHECK(strcmp(vs_state_text(&state, "tree"), value) == 0);
	}
	FUZZ_CHECK(memchr(text, '\0', sizeof(text)));
	free(value);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	foreign(bytes, length);
	round_trip(bytes, length);
	return 0;
}
