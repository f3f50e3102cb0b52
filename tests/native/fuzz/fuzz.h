/* What strangers may hand to the helper, made up by libFuzzer; the sanitizers and FUZZ_CHECK say what must hold. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FUZZ_CHECK(condition)                                                        \
	do {                                                                         \
		if (!(condition)) {                                                  \
			fprintf(stderr, "%s does not hold\n", #condition);           \
			abort();                                                     \
		}                                                                    \
	} while (0)

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A NUL-terminated copy with exactly so many bytes behind it, so that the sanitizer sees each one read too many. */
static inline char *fuzz_copy(const uint8_t *bytes, size_t length, size_t spare)
{
	char *copy = calloc(1, length + spare);

	FUZZ_CHECK(copy);
	if (length > 0)
		memcpy(copy, bytes, length);
	return copy;
}
