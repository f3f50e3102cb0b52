/*
 * attempts [BAIT PID]: says of each attempt "denied" or "ESCAPED"; fails when one has escaped.
 * attempts bait NUMBER: what the host holds ready for them, bait.c.
 */
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int bait_number;
pid_t bait_process;

bool attempt_reached(long result)
{
	return result >= 0 || (errno != EPERM && errno != ENOSYS && errno != EACCES && errno != EROFS);
}

bool attempt_opens(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

bool attempt_apart(bool (*try)(void))
{
	int status = 1;
	pid_t pid;

	signal(SIGCHLD, SIG_DFL);
	pid = fork();
	if (pid == 0)
		_exit(try() ? 0 : 1);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	/* Children of attempts that succeed are nobody's concern. */
	signal(SIGCHLD, SIG_IGN);
	return status == 0;
}

bool attempt_writes_back(const char *path)
{
	char text[4096];
	ssize_t length, written = -1;
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return false;
	length = read(fd, text, sizeof(text));
	if (length >= 0 && lseek(fd, 0, SEEK_SET) == 0)
		written = write(fd, text, (size_t)length);
	close(fd);
	return written >= 0;
}

static bool run(const struct attempt *attempts)
{
	bool escaped = false;

	for (; attempts->name; attempts++) {
		bool done;

		errno = 0;
		done = attempts->try();
		printf("%s %s\n", done ? "ESCAPED" : "denied", attempts->name);
		fflush(stdout);
		escaped |= done;
	}
	return escaped;
}

int main(int argc, char **argv)
{
	static const struct attempt *const all[] = {
		attempts_calls,	  attempts_kernel,    attempts_confinement, attempts_roots,  attempts_mounts,
		attempts_devices, attempts_processes, attempts_network,	    attempts_shared,
	};
	bool escaped = false;

	if (argc == 3 && strcmp(argv[1], "bait") == 0)
		return bait_main(atoi(argv[2]));
	if (argc == 3) {
		bait_number = atoi(argv[1]);
		bait_process = atoi(argv[2]);
	}
	signal(SIGCHLD, SIG_IGN);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		escaped |= run(all[i]);
	return escaped;
}
