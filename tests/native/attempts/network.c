/* Sockets: to what listens on the host, past its network stack, and into parts of the kernel that nobody looks after. */
#include "attempts.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static bool makes(int family, int type, int protocol)
{
	int fd = socket(family, type | SOCK_CLOEXEC, protocol);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

#define SOCKET(name, family, type, protocol)                     \
	static bool try_##name(void)                             \
	{                                                        \
		return makes(family, type, protocol);            \
	}

SOCKET(af_alg, AF_ALG, SOCK_SEQPACKET, 0)
SOCKET(af_vsock, AF_VSOCK, SOCK_STREAM, 0)
SOCKET(af_key, AF_KEY, SOCK_RAW, 2)
SOCKET(af_rds, AF_RDS, SOCK_SEQPACKET, 0)
SOCKET(af_tipc, AF_TIPC, SOCK_RDM, 0)
SOCKET(af_can, AF_CAN, SOCK_RAW, 1)
SOCKET(af_bluetooth, AF_BLUETOOTH, SOCK_RAW, 1)
SOCKET(af_xdp, 44, SOCK_RAW, 0)
SOCKET(af_kcm, AF_KCM, SOCK_DGRAM, 0)
SOCKET(af_smc, 43, SOCK_STREAM, 0)
SOCKET(af_rxrpc, AF_RXRPC, SOCK_DGRAM, AF_INET)
SOCKET(af_nfc, AF_NFC, SOCK_SEQPACKET, 0)

/* Raw packets, where there is another interface than the loopback that they could leave by. */
static bool try_raw_packets(void)
{
	struct if_nameindex *interfaces = if_nameindex();
	bool is_way_out = false;

	for (struct if_nameindex *one = interfaces; one && one->if_index != 0; one++)
		is_way_out |= strcmp(one->if_name, "lo") != 0;
	if_freenameindex(interfaces);
	return is_way_out && (makes(AF_PACKET, SOCK_RAW, 0) || makes(AF_INET, SOCK_RAW, IPPROTO_ICMP));
}

static bool try_host_loopback(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)bait_port()) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool done;

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	done = bait_number > 0 && fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof(address)) == 0;
	if (fd >= 0)
		close(fd);
	return done;
}

static bool try_abstract_socket(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int length = snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1, "vserver-bait-%d", bait_number);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
	bool done = bait_number > 0 && fd >= 0 && connect(fd, (const struct sockaddr *)&address, size) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

const struct attempt attempts_network[] = {
	ATTEMPT(af_alg), ATTEMPT(af_vsock), ATTEMPT(af_key), ATTEMPT(af_rds), ATTEMPT(af_tipc), ATTEMPT(af_can),
	ATTEMPT(af_bluetooth), ATTEMPT(af_xdp), ATTEMPT(af_kcm), ATTEMPT(af_smc), ATTEMPT(af_rxrpc), ATTEMPT(af_nfc),
	ATTEMPT(raw_packets), ATTEMPT(host_loopback), ATTEMPT(abstract_socket), ATTEMPTS_END,
};
