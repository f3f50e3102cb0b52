/*
 * watch_joining hold: keeps every process that enters from going on, and from being reaped. watch_joining: as a guest's root, looks into every process that enters the guest from outside while it is still the
 * helper. Prints "ESCAPED WHAT" once for each way that got through, and at SIGTERM "seen N", the times that it met one.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t is_over;

static void over(int number)
{
	is_over = number;
}

static bool is_helper(int pid)
{
	char path[64], name[32] = "";
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	if (read(fd, name, sizeof(name) - 1) < 0)
		name[0] = '\0';
	close(fd);
	return strncmp(name, "vserver-helper", 14) == 0;
}

static void tell(bool done, const char *what)
{
	if (done)
		printf("ESCAPED %s\n", what);
}

static bool opens(int pid, const char *name, int flags)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, name);
	fd = open(path, flags | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0)
		close(fd);
	/* What has become the program meanwhile may be looked into. */
	return fd >= 0 && is_helper(pid);
}

static bool takes_descriptor(int pid)
{
	int process = (int)syscall(SYS_pidfd_open, pid, 0);
	int fd = process < 0 ? -1 : (int)syscall(SYS_pidfd_getfd, process, 3, 0);

	if (process >= 0)
		close(process);
	if (fd >= 0)
		close(fd);
	return fd >= 0 && is_helper(pid);
}

/* Let go again, whatever it was: what is traced can't be reaped by the one who started it. */
static bool traces(int pid)
{
	int status;
	bool done;

	if (ptrace(PTRACE_SEIZE, pid, NULL, NULL) < 0)
		return false;
	done = is_helper(pid);
	ptrace(PTRACE_INTERRUPT, pid, NULL, NULL);
	waitpid(pid, &status, __WALL);
	ptrace(PTRACE_DETACH, pid, NULL, NULL);
	return done;
}

static void look(int pid)
{
	tell(opens(pid, "mem", O_RDONLY), "memory");
	tell(opens(pid, "exe", O_RDONLY), "program");
	tell(opens(pid, "fd/3", O_RDONLY), "descriptor");
	tell(opens(pid, "root/proc", O_RDONLY), "root");
	tell(opens(pid, "cwd/.", O_RDONLY), "folder");
	tell(opens(pid, "environ", O_RDONLY), "environment");
	tell(opens(pid, "ns/mnt", O_RDONLY), "namespace");
	tell(takes_descriptor(pid), "descriptor by pidfd");
	tell(traces(pid), "trace");
}

/* Stops them before they are the program, and holds the others by tracing them, for as long as we are there. */
static void hold(int pid)
{
	if (is_helper(pid))
		kill(pid, SIGSTOP);
	else
		ptrace(PTRACE_SEIZE, pid, NULL, NULL);
}

int main(int argc, char **argv)
{
	bool is_holding = argc == 2 && strcmp(argv[1], "hold") == 0;
	int seen = 0;

	signal(SIGTERM, over);
	printf("watching\n");
	fflush(stdout);
	while (!is_over) {
		struct dirent *entry;
		DIR *folder = opendir("/proc");

		while (folder && (entry = readdir(folder))) {
			int pid = atoi(entry->d_name);

			if (pid <= 1 || pid == getpid())
				continue;
			if (is_holding) {
				hold(pid);
			} else if (is_helper(pid)) {
				seen++;
				look(pid);
			}
		}
		if (folder)
			closedir(folder);
	}
	printf("seen %d\n", seen);
	return 0;
}
