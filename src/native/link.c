#include "link.h"

#include "cleanup.h"
#include "file.h"
#include "netlink.h"
#include "rules.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int refuse(struct vs_error *error, const char *key, const char *why)
{
	return vs_fail_detail(error, "BadRequest", EINVAL, "request", key, why);
}

static bool is_interface(const char *text)
{
	return text && strlen(text) <= VS_LINK_NAME && vs_text_is_name(text);
}

static bool mac_read(const char *text, unsigned char mac[6])
{
	int end = 0;

	return text && strlen(text) == 17 &&
	       sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%n", &mac[0], &mac[1], &mac[2], &mac[3], &mac[4], &mac[5],
		      &end) == 6 &&
	       end == 17;
}

int vs_link_read(const struct vs_request *request, struct vs_link *ret_link, struct vs_error *error)
{
	struct vs_link link = { .port = vs_request_text(request, "port"), .bridge = vs_request_text(request, "bridge") };
	int r;

	if (!link.port)
		return link.bridge ? refuse(error, "port", "missing") : 0;
	if (!is_interface(link.port))
		return refuse(error, "port", "not a name of an interface");
	if (!is_interface(link.bridge))
		return refuse(error, "bridge", "not a name of an interface");
	if (!mac_read(vs_request_text(request, "mac"), link.mac))
		return refuse(error, "mac", "not a hardware address");
	r = vs_request_list(request, "address", &link.addresses, error);
	if (r >= 0)
		r = vs_request_list(request, "gateway", &link.gateways, error);
	if (r < 0)
		vs_link_free(&link);
	else
		*ret_link = link;
	return r;
}

void vs_link_free(struct vs_link *link)
{
	vs_free(&link->addresses);
	vs_free(&link->gateways);
}

/* Closed again at once: a descriptor of the host's network is nothing for the monitor to keep. */
static int ask(struct vs_message *message)
{
	cleanup_close int fd = vs_netlink_open(NETLINK_ROUTE);

	return fd < 0 ? fd : vs_netlink_ask(fd, message, 1);
}

static int pair_make(const struct vs_link *link, pid_t guest)
{
	const struct ifinfomsg head = { .ifi_family = AF_UNSPEC };
	const uint32_t pid = (uint32_t)guest;
	struct vs_message message;
	size_t info, data, peer;

	vs_message_begin(&message, RTM_NEWLINK, NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL, &head, sizeof(head));
	vs_message_add_text(&message, IFLA_IFNAME, link->port);
	info = vs_message_nest(&message, IFLA_LINKINFO, NULL, 0);
	vs_message_add_text(&message, IFLA_INFO_KIND, "veth");
	data = vs_message_nest(&message, IFLA_INFO_DATA, NULL, 0);
	peer = vs_message_nest(&message, VETH_INFO_PEER, &head, sizeof(head));
	vs_message_add_text(&message, IFLA_IFNAME, "eth0");
	vs_message_add(&message, IFLA_ADDRESS, link->mac, sizeof(link->mac));
	vs_message_add(&message, IFLA_NET_NS_PID, &pid, sizeof(pid));
	vs_message_end(&message, peer);
	vs_message_end(&message, data);
	vs_message_end(&message, info);
	return ask(&message);
}

/* The host's end is a port and nothing else: without this the host would speak IPv6 on it by itself. */
static void port_silence(const char *port)
{
	char path[80];
	cleanup_close int fd = -1;

	snprintf(path, sizeof(path), "/proc/sys/net/ipv6/conf/%s/disable_ipv6", port);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	/* A host without IPv6 has no such file. */
	if (fd >= 0 && write(fd, "1", 1) < 0)
		return;
}

static int port_join(const struct vs_link *link)
{
	const uint32_t bridge = if_nametoindex(link->bridge);
	const struct ifinfomsg head = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = (int)if_nametoindex(link->port),
		.ifi_flags = IFF_UP,
		.ifi_change = IFF_UP,
	};
	struct vs_message message;

	if (bridge == 0)
		return -ENODEV;
	vs_message_begin(&message, RTM_SETLINK, NLM_F_ACK, &head, sizeof(head));
	vs_message_add(&message, IFLA_MASTER, &bridge, sizeof(bridge));
	return ask(&message);
}

static int pair_remove(const char *port)
{
	const struct ifinfomsg head = { .ifi_family = AF_UNSPEC };
	struct vs_message message;

	vs_message_begin(&message, RTM_DELLINK, NLM_F_ACK, &head, sizeof(head));
	vs_message_add_text(&message, IFLA_IFNAME, port);
	return ask(&message);
}

int vs_link_attach(const struct vs_link *link, pid_t guest, struct vs_error *error)
{
	int r;

	/* A namespace is taken apart some time after its last process: the pair of the life before may be there still. */
	pair_remove(link->port);
	r = pair_make(link, guest);
	if (r < 0)
		return vs_fail(error, "NetworkFailed", r, "rtnetlink", link->port);
	port_silence(link->port);
	r = port_join(link);
	return r < 0 ? vs_fail(error, "NetworkFailed", r, "rtnetlink", link->bridge) : 0;
}

void vs_link_remove(const char *port)
{
	if (!is_interface(port))
		return;
	pair_remove(port);
	vs_rules_remove(port);
}
