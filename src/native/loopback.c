#include "loopback.h"

#include "cleanup.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int vs_loopback_up(struct vs_error *error)
{
	struct ifreq request = { .ifr_name = "lo" };
	cleanup_close int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return vs_fail(error, "NetworkFailed", errno, "socket", "AF_INET");
	request.ifr_flags = IFF_UP | IFF_RUNNING;
	if (ioctl(fd, SIOCSIFFLAGS, &request) < 0)
		return vs_fail(error, "NetworkFailed", errno, "ioctl", "lo");
	return 0;
}
