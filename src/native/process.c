#include "process.h"

#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* The name in field 2 may hold blanks and parentheses, so fields are counted from the last one. */
static int start_time_parse(char *stat, uint64_t *ret_ticks)
{
	char *field = strrchr(stat, ')');

	for (int number = 2; field && number < 22; number++)
		field = strchr(field + 1, ' ');
	if (!field)
		return -EIO;
	field[1 + strcspn(field + 1, " \n")] = '\0';
	return vs_text_number(field + 1, UINT64_MAX, ret_ticks);
}

int vs_process_start_time(pid_t pid, uint64_t *ret_ticks)
{
	char path[32];
	char stat[1024];
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	length = vs_file_read(AT_FDCWD, path, stat, sizeof(stat));
	if (length < 0)
		return length == -ENOENT ? -ESRCH : (int)length;
	return start_time_parse(stat, ret_ticks);
}

int vs_process_open(pid_t pid, uint64_t ticks)
{
	uint64_t found;
	cleanup_close int pidfd = vs_pidfd_open(pid);
	int r;

	if (pidfd < 0)
		return pidfd;
	r = vs_process_start_time(pid, &found);
	if (r < 0)
		return r;
	if (found != ticks || vs_process_wait_end(pidfd, 0) != 0)
		return -ESRCH;
	return vs_take(&pidfd);
}

int vs_process_pid(int pidfd, pid_t *ret_pid)
{
	char path[64];
	char info[1024];
	uint64_t pid;
	char *line;
	ssize_t length;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", pidfd);
	length = vs_file_read(AT_FDCWD, path, info, sizeof(info));
	if (length < 0)
		return (int)length;
	line = strstr(info, "\nPid:\t");
	if (!line)
		return -EIO;
	line += 6;
	line[strcspn(line, "\n")] = '\0';
	if (vs_text_number(line, INT_MAX, &pid) < 0 || pid == 0)
		return -ESRCH;
	*ret_pid = (pid_t)pid;
	return 0;
}

int vs_process_self(pid_t *ret_pid)
{
	char text[24];
	uint64_t pid;
	ssize_t length = readlink("/proc/self", text, sizeof(text) - 1);
	int r;

	if (length < 0)
		return -errno;
	text[length] = '\0';
	r = vs_text_number(text, INT_MAX, &pid);
	if (r < 0)
		return r;
	*ret_pid = (pid_t)pid;
	return 0;
}

int vs_process_wait_end(int pidfd, int milliseconds)
{
	int64_t deadline = vs_clock_deadline(milliseconds);
	struct pollfd process = { .fd = pidfd, .events = POLLIN };

	for (;;) {
		int r = poll(&process, 1, vs_clock_left(deadline));

		if (r >= 0)
			return r;
		if (errno != EINTR)
			return -errno;
	}
}

int64_t vs_clock_milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t vs_clock_deadline(int milliseconds)
{
	return milliseconds < 0 ? -1 : vs_clock_milliseconds() + milliseconds;
}

int vs_clock_left(int64_t deadline)
{
	int64_t left = deadline < 0 ? -1 : deadline - vs_clock_milliseconds();

	return deadline >= 0 && left < 0 ? 0 : (int)left;
}
