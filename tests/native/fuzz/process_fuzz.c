/* A process of a guest may be called whatever it likes: its start time, in the same line of /proc, must stay what it is. */
#include "fuzz.h"

#include "process.h"

#include <sys/prctl.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static uint64_t expected;
	uint64_t found = 0;
	char name[16] = "";

	if (expected == 0)
		FUZZ_CHECK(vs_process_start_time(getpid(), &expected) == 0 && expected > 0);
	if (length > 0)
		memcpy(name, bytes, length < sizeof(name) ? length : sizeof(name) - 1);
	prctl(PR_SET_NAME, name);
	FUZZ_CHECK(vs_process_start_time(getpid(), &found) == 0 && found == expected);
	return 0;
}
