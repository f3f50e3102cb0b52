/* Gives every datagram back: echo PORT. A server for the tests of published ports. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(int argc, char **argv)
{
	struct sockaddr_in6 own = { .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_ANY_INIT };
	int fd = socket(AF_INET6, SOCK_DGRAM, 0);

	own.sin6_port = htons((unsigned short)(argc == 2 ? atoi(argv[1]) : 0));
	if (fd < 0 || bind(fd, (struct sockaddr *)&own, sizeof(own)) < 0) {
		perror("echo");
		return 1;
	}
	for (;;) {
		struct sockaddr_storage from;
		socklen_t size = sizeof(from);
		char bytes[2048];
		ssize_t length = recvfrom(fd, bytes, sizeof(bytes), 0, (struct sockaddr *)&from, &size);

		if (length >= 0)
			sendto(fd, bytes, (size_t)length, 0, (struct sockaddr *)&from, size);
	}
}
