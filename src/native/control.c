#include "control.h"

#include "cleanup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define WAITING 16

/* Through the folder's descriptor: the path itself may be longer than a socket's address can be. */
static struct sockaddr_un address_of(const struct vs_run *run)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d/control", run->folder);
	return address;
}

int vs_control_listen(const struct vs_run *run, struct vs_error *error)
{
	struct sockaddr_un address = address_of(run);
	cleanup_close int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return vs_fail(error, "RunFolderFailed", errno, "socket", "control");
	unlinkat(run->folder, "control", 0);
	if (bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return vs_fail(error, "RunFolderFailed", errno, "bind", "control");
	if (listen(fd, WAITING) < 0)
		return vs_fail(error, "RunFolderFailed", errno, "listen", "control");
	return vs_take(&fd);
}

int vs_control_accept(int listener)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);
	cleanup_close int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0)
		return -errno;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0 || peer.uid != 0)
		return -EPERM;
	return vs_take(&fd);
}

int vs_control_hear(int connection, struct vs_stop_request *ret_request)
{
	char packet[64];
	unsigned long long grace;
	unsigned int discard;
	ssize_t length = recv(connection, packet, sizeof(packet) - 1, 0);

	if (length <= 0)
		return length < 0 ? -errno : -ENOTCONN;
	packet[length] = '\0';
	if (sscanf(packet, "stop %llu %u", &grace, &discard) != 2 || grace > VS_GRACE_MAX)
		return -EPROTO;
	*ret_request = (struct vs_stop_request){ .grace_ms = grace, .discard = discard == 1 };
	return 0;
}

int vs_control_ask(const struct vs_run *run, const struct vs_stop_request *request)
{
	struct sockaddr_un address = address_of(run);
	char packet[64];
	int length = snprintf(packet, sizeof(packet), "stop %llu %d", (unsigned long long)request->grace_ms,
			      request->discard);
	cleanup_close int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	if (send(fd, packet, (size_t)length, MSG_NOSIGNAL) < 0)
		return -errno;
	return vs_take(&fd);
}
