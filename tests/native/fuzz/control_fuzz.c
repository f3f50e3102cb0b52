/* A packet to the monitor's control socket, and a line to its rebootmgr's. */
#include "fuzz.h"

#include "control.h"
#include "rebootmgr.h"

#include <sys/socket.h>
#include <unistd.h>

static void pair_make(int type, int ends[2])
{
	FUZZ_CHECK(socketpair(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct vs_stop_request request = { .grace_ms = 0 };
	enum vs_wish wish;
	int ends[2];

	if (length > 4096)
		return 0;
	pair_make(SOCK_SEQPACKET, ends);
	FUZZ_CHECK(send(ends[0], bytes, length, 0) == (ssize_t)length);
	if (vs_control_hear(ends[1], &request) == 0)
		FUZZ_CHECK(request.grace_ms <= VS_GRACE_MAX);
	close(ends[0]);
	close(ends[1]);

	pair_make(SOCK_STREAM, ends);
	FUZZ_CHECK(send(ends[0], bytes, length, 0) == (ssize_t)length);
	wish = vs_rebootmgr_hear(&ends[1]);
	FUZZ_CHECK(wish != VS_WISH_REBOOT || memcmp(bytes, "reboot", 6) == 0);
	FUZZ_CHECK(wish != VS_WISH_HALT || memcmp(bytes, "halt", 4) == 0);
	close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
	return 0;
}
