#include "link.h"

#include "cleanup.h"
#include "netlink.h"
#include "text.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

struct address {
	uint8_t family;
	uint8_t length;
	uint8_t prefix;
	unsigned char bytes[16];
};

/* ADDRESS or ADDRESS/LENGTH. */
static bool address_read(const char *text, struct address *ret_address)
{
	char copy[INET6_ADDRSTRLEN];
	size_t end = strcspn(text, "/");
	bool is_six = strchr(text, ':') != NULL;
	struct address address = { .family = is_six ? AF_INET6 : AF_INET, .length = is_six ? 16 : 4 };
	uint64_t prefix = 0;

	if (end >= sizeof(copy))
		return false;
	memcpy(copy, text, end);
	copy[end] = '\0';
	if (text[end] && vs_text_number(text + end + 1, address.length * 8U, &prefix) < 0)
		return false;
	address.prefix = (uint8_t)prefix;
	if (inet_pton(address.family, copy, address.bytes) != 1)
		return false;
	*ret_address = address;
	return true;
}

/* Whoever made the configuration sees to it that nobody else has the address, so it can be used at once. */
static int address_add(int fd, uint32_t interface, const struct address *address)
{
	const struct ifaddrmsg head = {
		.ifa_family = address->family,
		.ifa_prefixlen = address->prefix,
		.ifa_flags = address->family == AF_INET6 ? IFA_F_NODAD : 0,
		.ifa_index = interface,
	};
	struct vs_message message;

	vs_message_begin(&message, RTM_NEWADDR, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, &head, sizeof(head));
	vs_message_add(&message, IFA_LOCAL, address->bytes, address->length);
	vs_message_add(&message, IFA_ADDRESS, address->bytes, address->length);
	return vs_netlink_ask(fd, &message, 1);
}

static int interface_up(int fd, uint32_t interface)
{
	const struct ifinfomsg head = {
		.ifi_family = AF_UNSPEC, .ifi_index = (int)interface, .ifi_flags = IFF_UP, .ifi_change = IFF_UP,
	};
	struct vs_message message;

	vs_message_begin(&message, RTM_SETLINK, NLM_F_ACK, &head, sizeof(head));
	return vs_netlink_ask(fd, &message, 1);
}

static int route_add(int fd, uint32_t interface, const struct address *gateway)
{
	const struct rtmsg head = {
		.rtm_family = gateway->family, .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_BOOT,
		.rtm_scope = RT_SCOPE_UNIVERSE, .rtm_type = RTN_UNICAST,
	};
	struct vs_message message;

	vs_message_begin(&message, RTM_NEWROUTE, NLM_F_ACK | NLM_F_CREATE, &head, sizeof(head));
	vs_message_add(&message, RTA_GATEWAY, gateway->bytes, gateway->length);
	vs_message_add(&message, RTA_OIF, &interface, sizeof(interface));
	return vs_netlink_ask(fd, &message, 1);
}

static int each(char **texts, int fd, uint32_t interface, int (*act)(int, uint32_t, const struct address *),
		struct vs_error *error)
{
	for (char **text = texts; text && *text; text++) {
		struct address address;
		int r = address_read(*text, &address) ? act(fd, interface, &address) : -EINVAL;

		if (r < 0)
			return vs_fail(error, "NetworkFailed", r, "rtnetlink", *text);
	}
	return 0;
}

int vs_link_configure(const struct vs_link *link, struct vs_error *error)
{
	cleanup_close int fd = vs_netlink_open(NETLINK_ROUTE);
	uint32_t interface = if_nametoindex("eth0");
	int r;

	if (fd < 0 || interface == 0)
		return vs_fail(error, "NetworkFailed", fd < 0 ? fd : -ENODEV, "rtnetlink", "eth0");
	r = each(link->addresses, fd, interface, address_add, error);
	if (r < 0)
		return r;
	r = interface_up(fd, interface);
	if (r < 0)
		return vs_fail(error, "NetworkFailed", r, "rtnetlink", "eth0");
	return each(link->gateways, fd, interface, route_add, error);
}
