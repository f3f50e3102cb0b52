/* Asks for interfaces in the network namespace at the other end of eth0, which has a number in ours: peer. Run inside a guest. */
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

struct request {
	struct nlmsghdr header;
	struct ifinfomsg link;
	struct nlattr attribute;
	int namespace;
};

static int ask(int fd, int namespace, int index)
{
	struct request request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETLINK, .nlmsg_flags = NLM_F_REQUEST },
		.link = { .ifi_family = AF_UNSPEC, .ifi_index = index },
		.attribute = { .nla_len = sizeof(struct nlattr) + sizeof(int), .nla_type = IFLA_TARGET_NETNSID },
		.namespace = namespace,
	};
	union {
		char bytes[16384];
		struct {
			struct nlmsghdr header;
			struct nlmsgerr error;
		} answer;
	} buffer;

	if (send(fd, &request, sizeof(request), 0) < 0 || recv(fd, &buffer, sizeof(buffer), 0) < 0)
		return -errno;
	return buffer.answer.header.nlmsg_type == NLMSG_ERROR ? buffer.answer.error.error : 0;
}

int main(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	int found = 0;

	for (int namespace = 0; namespace < 4; namespace++)
		for (int index = 1; index < 32; index++)
			found += ask(fd, namespace, index) == 0;
	printf("%d found\n", found);
	return 0;
}
