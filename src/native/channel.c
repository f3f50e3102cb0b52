#include "channel.h"

#include "cleanup.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct message {
	uint32_t word;
	struct vs_error error;
};

union control {
	char bytes[CMSG_SPACE(VS_CHANNEL_FDS * sizeof(int))];
	struct cmsghdr alignment;
};

int vs_channel_make(int ret_ends[2], struct vs_error *error)
{
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ret_ends) < 0)
		return vs_fail(error, "Internal", errno, "socketpair", "");
	return 0;
}

static int send_message(int channel, const struct message *message, size_t size, const int *fds, unsigned int count)
{
	union control control = { .bytes = { 0 } };
	struct message copy = *message;
	struct iovec part = { .iov_base = &copy, .iov_len = size };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

	if (count > 0) {
		struct cmsghdr *rights = &control.alignment;

		header.msg_control = control.bytes;
		header.msg_controllen = (socklen_t)CMSG_SPACE(count * sizeof(int));
		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = (socklen_t)CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(rights), fds, count * sizeof(int));
	}
	return sendmsg(channel, &header, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

int vs_channel_say(int channel, enum vs_word word, const int *fds, unsigned int count)
{
	struct message message = { .word = word };

	return send_message(channel, &message, sizeof(message.word), fds, count);
}

int vs_channel_fail(int channel, const struct vs_error *error)
{
	struct message message = { .word = VS_WORD_FAILED, .error = *error };

	return send_message(channel, &message, sizeof(message), NULL, 0);
}

static unsigned int rights_take(struct msghdr *header, int *fds, unsigned int count)
{
	struct cmsghdr *rights = CMSG_FIRSTHDR(header);

	if (!rights || rights->cmsg_type != SCM_RIGHTS || rights->cmsg_len != CMSG_LEN(count * sizeof(int)))
		return 0;
	memcpy(fds, CMSG_DATA(rights), count * sizeof(int));
	return count;
}

int vs_channel_hear(int channel, int *fds, unsigned int count, struct vs_error *error)
{
	union control control;
	struct message message;
	struct iovec part = { .iov_base = &message, .iov_len = sizeof(message) };
	struct msghdr header = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	ssize_t got;

	do
		got = recvmsg(channel, &header, MSG_CMSG_CLOEXEC);
	while (got < 0 && errno == EINTR);
	/* A peer that died with our last word unread resets the connection. */
	if (got == 0 || (got < 0 && errno == ECONNRESET))
		return VS_WORD_END;
	if (got < 0)
		return vs_fail(error, "Internal", errno, "recvmsg", "");
	if (message.word == VS_WORD_FAILED && got == sizeof(message)) {
		/* It comes from inside the guest. */
		message.error.id[sizeof(message.error.id) - 1] = '\0';
		message.error.call[sizeof(message.error.call) - 1] = '\0';
		message.error.target[VS_TEXT - 1] = '\0';
		message.error.detail[VS_TEXT - 1] = '\0';
		*error = message.error;
		return error->number > 0 ? -error->number : -EINVAL;
	}
	if (got != sizeof(message.word) || message.word >= VS_WORD_FAILED || rights_take(&header, fds, count) != count)
		return vs_fail(error, "Internal", EPROTO, "recvmsg", "");
	return (int)message.word;
}

int vs_channel_await_program(int channel, struct vs_error *error)
{
	int word = vs_channel_hear(channel, NULL, 0, error);

	if (word < 0)
		return word;
	if (word != VS_WORD_GOING)
		return vs_fail_detail(error, "Internal", ECHILD, "clone3", "", "the child died before its program");
	/* An exec that fails is heard of after "going". */
	word = vs_channel_hear(channel, NULL, 0, error);
	return word < 0 ? word : 0;
}
