#include "terminal.h"

#include "channel.h"
#include "cleanup.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <termios.h>
#include <unistd.h>

/* Whoever put something else there wants our output (CVE-2025-52565): it must be the multiplexer of a devpts. */
static int multiplexer_check(int fd)
{
	struct statfs system;
	struct stat status;

	if (fstat(fd, &status) < 0 || fstatfs(fd, &system) < 0)
		return -errno;
	if (!S_ISCHR(status.st_mode) || status.st_rdev != makedev(5, 2) || system.f_type != DEVPTS_SUPER_MAGIC)
		return -ENXIO;
	return 0;
}

static int multiplexer_open(struct vs_error *error)
{
	cleanup_close int fd = vs_openat2(AT_FDCWD, "/dev/pts/ptmx", O_RDWR | O_NOCTTY, 0,
					  RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS);
	int r = fd < 0 ? fd : multiplexer_check(fd);

	return r < 0 ? vs_fail(error, "TerminalFailed", r, "open", "/dev/pts/ptmx") : vs_take(&fd);
}

static int peer_open(int master, struct vs_error *error)
{
	int unlocked = 0;
	int slave;

	if (ioctl(master, TIOCSPTLCK, &unlocked) < 0)
		return vs_fail(error, "TerminalFailed", errno, "ioctl", "TIOCSPTLCK");
	/* By the descriptor, not by a name in the guest's /dev. */
	slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
	return slave < 0 ? vs_fail(error, "TerminalFailed", errno, "ioctl", "TIOCGPTPEER") : slave;
}

static void likeness_copy(int from, int to)
{
	struct termios modes;
	struct winsize size;

	if (tcgetattr(from, &modes) == 0)
		tcsetattr(to, TCSANOW, &modes);
	if (ioctl(from, TIOCGWINSZ, &size) == 0)
		ioctl(to, TIOCSWINSZ, &size);
}

int vs_terminal_take(int channel, struct vs_error *error)
{
	cleanup_close int slave = -1;
	cleanup_close int master = multiplexer_open(error);

	if (master < 0)
		return master;
	slave = peer_open(master, error);
	if (slave < 0)
		return slave;
	likeness_copy(0, slave);
	if (ioctl(slave, TIOCSCTTY, 0) < 0)
		return vs_fail(error, "TerminalFailed", errno, "ioctl", "TIOCSCTTY");
	for (int fd = 0; fd < 3; fd++)
		if (dup2(slave, fd) < 0)
			return vs_fail(error, "TerminalFailed", errno, "dup2", "");
	return vs_channel_say(channel, VS_WORD_TERMINAL, &master, 1);
}

int vs_terminal_receive(int channel, struct vs_error *error)
{
	cleanup_close int master = -1;
	int word = vs_channel_hear(channel, &master, 1, error);
	int r;

	if (word < 0)
		return word;
	if (word != VS_WORD_TERMINAL)
		return vs_fail_detail(error, "Internal", ECHILD, "clone3", "", "the child died before its terminal");
	r = multiplexer_check(master);
	if (r < 0)
		return vs_fail(error, "TerminalFailed", r, "fstat", "ptmx");
	return vs_take(&master);
}
