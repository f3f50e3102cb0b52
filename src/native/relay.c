#include "terminal.h"

#include "front.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

struct relay {
	int master;
	bool input_open;
	/* Typed but not yet taken by the pty, whose own buffer is small. */
	char typed[4096];
	size_t typed_length;
};

static void size_copy(int master)
{
	struct winsize size;

	if (ioctl(0, TIOCGWINSZ, &size) == 0)
		ioctl(master, TIOCSWINSZ, &size);
}

static void input_read(struct relay *relay)
{
	/* What a terminal would send at the end of a file: the program behind the pty can't see ours. */
	static const char end_of_file = 4;
	ssize_t got = read(0, relay->typed, sizeof(relay->typed));

	if (got > 0) {
		relay->typed_length = (size_t)got;
		return;
	}
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	relay->input_open = false;
	relay->typed[0] = end_of_file;
	relay->typed_length = 1;
}

static void input_write(struct relay *relay)
{
	ssize_t written = write(relay->master, relay->typed, relay->typed_length);
	size_t left;

	if (written <= 0)
		return;
	left = relay->typed_length - (size_t)written;
	for (size_t i = 0; i < left; i++)
		relay->typed[i] = relay->typed[(size_t)written + i];
	relay->typed_length = left;
}

static void output_write(const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(1, bytes, length);

		if (written < 0 && errno == EAGAIN) {
			struct pollfd out = { .fd = 1, .events = POLLOUT };

			poll(&out, 1, -1);
			continue;
		}
		if (written < 0 && errno != EINTR)
			return;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
}

/* False when nothing is there. A pty whose other side is closed gives EIO. */
static bool output_pump(struct relay *relay)
{
	char bytes[4096];
	ssize_t got = read(relay->master, bytes, sizeof(bytes));

	if (got > 0)
		output_write(bytes, (size_t)got);
	return got > 0;
}

static int serve(struct relay *relay, int pidfd, int group, int signals, int report, int64_t deadline)
{
	for (;;) {
		struct pollfd waits[] = {
			{ .fd = pidfd, .events = POLLIN },
			{ .fd = report },
			{ .fd = signals, .events = POLLIN },
			{ .fd = relay->master, .events = (short)(POLLIN | (relay->typed_length ? POLLOUT : 0)) },
			{ .fd = relay->input_open && relay->typed_length == 0 ? 0 : -1, .events = POLLIN },
		};
		int left = vs_clock_left(deadline);

		if (left == 0)
			return 0;
		if (poll(waits, 5, left) < 0 && errno != EINTR)
			return -errno;
		if (waits[1].revents)
			return -ECANCELED;
		if (waits[2].revents && vs_front_pass_on(pidfd, group, signals) == SIGWINCH)
			size_copy(relay->master);
		if (waits[3].revents & POLLIN)
			output_pump(relay);
		if (waits[3].revents & POLLOUT)
			input_write(relay);
		if (waits[4].revents)
			input_read(relay);
		if (waits[0].revents)
			return 1;
		/* All in the guest have closed the pty: without this, its hang-up would be polled without rest. */
		if (waits[3].revents == POLLHUP)
			return vs_front_wait(pidfd, group, signals, report, deadline);
	}
}

int vs_terminal_relay(int master, int pidfd, int group, int signals, int report, int64_t deadline)
{
	struct relay relay = { .master = master, .input_open = true };
	struct termios before, raw;
	bool is_terminal = tcgetattr(0, &before) == 0;
	int r;

	fcntl(master, F_SETFL, O_NONBLOCK);
	if (is_terminal) {
		raw = before;
		cfmakeraw(&raw);
		tcsetattr(0, TCSADRAIN, &raw);
		/* It may have changed since the guest's side was made like it. */
		size_copy(master);
	}
	r = serve(&relay, pidfd, group, signals, report, deadline);
	if (r == 1)
		while (output_pump(&relay))
			;
	if (is_terminal)
		tcsetattr(0, TCSADRAIN, &before);
	return r;
}
