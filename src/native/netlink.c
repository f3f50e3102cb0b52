#include "netlink.h"

#include "cleanup.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#define BATCH_MAX 4

int vs_netlink_open(int protocol)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);

	return fd < 0 ? -errno : fd;
}

/* Everything is on four bytes. Beyond the room only the length grows, by which it is refused. */
static void append(struct vs_message *message, const void *value, size_t size)
{
	size_t whole = (size + 3) & ~(size_t)3;

	if (size > 0 && message->length + whole <= VS_MESSAGE_SIZE)
		memcpy(message->bytes + message->length, value, size);
	message->length += whole;
}

void vs_message_begin(struct vs_message *message, uint16_t type, uint16_t flags, const void *head, size_t size)
{
	struct nlmsghdr header = { .nlmsg_type = type, .nlmsg_flags = (uint16_t)(flags | NLM_F_REQUEST) };

	*message = (struct vs_message){ .length = 0 };
	append(message, &header, sizeof(header));
	append(message, head, size);
}

void vs_message_add(struct vs_message *message, uint16_t type, const void *value, size_t size)
{
	struct nlattr attribute = { .nla_type = type, .nla_len = (uint16_t)(sizeof(attribute) + size) };

	append(message, &attribute, sizeof(attribute));
	append(message, value, size);
}

void vs_message_add_text(struct vs_message *message, uint16_t type, const char *text)
{
	vs_message_add(message, type, text, strlen(text) + 1);
}

size_t vs_message_nest(struct vs_message *message, uint16_t type, const void *head, size_t size)
{
	size_t nest = message->length;

	vs_message_add(message, type, head, size);
	return nest;
}

void vs_message_end(struct vs_message *message, size_t nest)
{
	struct nlattr attribute;

	if (message->length > VS_MESSAGE_SIZE)
		return;
	memcpy(&attribute, message->bytes + nest, sizeof(attribute));
	attribute.nla_len = (uint16_t)(message->length - nest);
	memcpy(message->bytes + nest, &attribute, sizeof(attribute));
}

static int length_write(struct vs_message *message)
{
	struct nlmsghdr header;

	if (message->length > VS_MESSAGE_SIZE)
		return -EMSGSIZE;
	memcpy(&header, message->bytes, sizeof(header));
	header.nlmsg_len = (uint32_t)message->length;
	memcpy(message->bytes, &header, sizeof(header));
	return 0;
}

static int answer_read(int fd)
{
	union {
		unsigned char bytes[4096];
		struct nlmsghdr alignment;
	} buffer;
	struct nlmsghdr header;
	struct nlmsgerr answer;
	ssize_t length;

	do
		length = recv(fd, buffer.bytes, sizeof(buffer.bytes), 0);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return -errno;
	if ((size_t)length < sizeof(header) + sizeof(answer.error))
		return -EPROTO;
	memcpy(&header, buffer.bytes, sizeof(header));
	if (header.nlmsg_type != NLMSG_ERROR)
		return -EPROTO;
	memcpy(&answer.error, buffer.bytes + sizeof(header), sizeof(answer.error));
	return answer.error;
}

int vs_netlink_ask(int fd, struct vs_message *messages, size_t count)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct iovec parts[BATCH_MAX];
	struct msghdr header = { .msg_name = &kernel, .msg_namelen = sizeof(kernel), .msg_iov = parts };

	if (count > BATCH_MAX)
		return -E2BIG;
	for (size_t i = 0; i < count; i++) {
		int r = length_write(&messages[i]);

		if (r < 0)
			return r;
		parts[i] = (struct iovec){ .iov_base = messages[i].bytes, .iov_len = messages[i].length };
	}
	/* An int in one C library, a size_t in the other. */
	header.msg_iovlen = (__typeof__(header.msg_iovlen))count;
	if (sendmsg(fd, &header, MSG_NOSIGNAL) < 0)
		return -errno;
	return answer_read(fd);
}
