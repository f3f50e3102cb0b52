#include "rebootmgr.h"

#include "cleanup.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define WAITING 16

int vs_rebootmgr_make(struct vs_error *error)
{
	const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/dev/reboot" };
	cleanup_close int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return vs_fail(error, "Internal", errno, "socket", "reboot");
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return vs_fail(error, "MountFailed", errno, "bind", "reboot");
	if (chmod(address.sun_path, 0600) < 0)
		return vs_fail(error, "MountFailed", errno, "chmod", "reboot");
	if (listen(fd, WAITING) < 0)
		return vs_fail(error, "Internal", errno, "listen", "reboot");
	return vs_take(&fd);
}

void vs_rebootmgr_accept(struct vs_rebootmgr *manager, int listener)
{
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	int *place = &manager->callers[manager->next];

	if (fd < 0)
		return;
	/* Silent callers keep nobody out. */
	vs_close(place);
	*place = fd;
	manager->next = (manager->next + 1) % VS_REBOOTMGR_CALLERS;
}

enum vs_wish vs_rebootmgr_parse(const char *line)
{
	size_t length = strcspn(line, "\r\n");

	if (length == 6 && strncmp(line, "reboot", 6) == 0)
		return VS_WISH_REBOOT;
	if (length == 4 && strncmp(line, "halt", 4) == 0)
		return VS_WISH_HALT;
	return VS_WISH_NONE;
}

enum vs_wish vs_rebootmgr_hear(int *caller)
{
	char line[32];
	ssize_t length = recv(*caller, line, sizeof(line) - 1, 0);

	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return VS_WISH_NONE;
	vs_close(caller);
	if (length <= 0)
		return VS_WISH_NONE;
	line[length] = '\0';
	return vs_rebootmgr_parse(line);
}

void vs_rebootmgr_close(struct vs_rebootmgr *manager)
{
	for (int i = 0; i < VS_REBOOTMGR_CALLERS; i++)
		vs_close(&manager->callers[i]);
}
