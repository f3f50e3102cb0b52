/* Sends a frame just as it is: frame INTERFACE HEX. Run inside a guest, by the tests of what may leave it. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/ether.h>
#include <netpacket/packet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static size_t frame_read(const char *hex, unsigned char *bytes, size_t size)
{
	size_t length = 0;

	while (length < size && hex[0] && hex[1] && sscanf(hex, "%2hhx", &bytes[length]) == 1) {
		hex += 2;
		length++;
	}
	return length;
}

int main(int argc, char **argv)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_halen = 6 };
	unsigned char bytes[1514];
	size_t length = argc == 3 ? frame_read(argv[2], bytes, sizeof(bytes)) : 0;
	int fd = socket(AF_PACKET, SOCK_RAW, 0);

	if (length < 14 || fd < 0) {
		fprintf(stderr, "frame: %s\n", strerror(length < 14 ? EINVAL : errno));
		return 1;
	}
	to.sll_ifindex = (int)if_nametoindex(argv[1]);
	if (sendto(fd, bytes, length, 0, (struct sockaddr *)&to, sizeof(to)) != (ssize_t)length) {
		perror("frame");
		return 1;
	}
	puts("sent");
	return 0;
}
