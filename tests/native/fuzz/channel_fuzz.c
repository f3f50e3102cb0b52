/* What comes out of a guest that has taken over the process that becomes its program; and how it is reported. */
#include "fuzz.h"

#include "channel.h"
#include "report.h"

#include <sys/socket.h>
#include <unistd.h>

static void report_check(const struct vs_error *error)
{
	char line[VS_LINE + 1];
	ssize_t length;
	int ends[2];

	FUZZ_CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
	FUZZ_CHECK(vs_report_error(ends[0], error) == 0);
	length = recv(ends[1], line, sizeof(line), 0);
	FUZZ_CHECK(length > 2 && line[0] == '{' && line[length - 2] == '}' && line[length - 1] == '\n');
	for (ssize_t i = 0; i < length - 1; i++)
		FUZZ_CHECK(line[i] >= 0x20 && line[i] < 0x7f);
	close(ends[0]);
	close(ends[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct vs_error error = { .id = "" };
	int word, fd = -1;
	int ends[2];

	if (length == 0 || length > 4096)
		return 0;
	FUZZ_CHECK(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) == 0);
	FUZZ_CHECK(send(ends[0], bytes, length, 0) == (ssize_t)length);
	close(ends[0]);
	word = vs_channel_hear(ends[1], &fd, 1, &error);
	/* Without a descriptor, none of the words that bring one is heard. */
	FUZZ_CHECK(word < 0 || word == VS_WORD_END);
	if (word < 0)
		report_check(&error);
	FUZZ_CHECK(fd == -1);
	close(ends[1]);
	return 0;
}
