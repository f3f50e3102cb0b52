/* The host's processes, first of all the bait, whose id we are told. */
#include "attempts.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Process 2 of a host is kthreadd; in a guest it is the guest's own or nobody. */
static bool try_host_processes(void)
{
	char comm[32] = "";
	FILE *file = fopen("/proc/2/comm", "re");

	if (!file)
		return false;
	if (!fgets(comm, sizeof(comm), file))
		comm[0] = '\0';
	fclose(file);
	return strncmp(comm, "kthreadd", 8) == 0;
}

static bool try_kill(void)
{
	return bait_process > 0 && kill(bait_process, 0) == 0;
}

static bool try_pidfd(void)
{
	int fd = bait_process > 0 ? (int)syscall(SYS_pidfd_open, bait_process, 0) : -1;

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Seized, it isn't even stopped, and is let go with our end. */
static bool seize(void)
{
	return ptrace(PTRACE_SEIZE, bait_process, NULL, NULL) == 0;
}

static bool try_ptrace(void)
{
	return bait_process > 0 && attempt_apart(seize);
}

static bool try_read_memory(void)
{
	char byte;
	struct iovec here = { .iov_base = &byte, .iov_len = 1 }, there = { .iov_base = &bait_number, .iov_len = 1 };

	return bait_process > 0 && process_vm_readv(bait_process, &here, 1, &there, 1, 0) == 1;
}

static bool try_limits(void)
{
	struct rlimit limit;

	return bait_process > 0 && syscall(SYS_prlimit64, bait_process, RLIMIT_NOFILE, NULL, &limit) == 0;
}

static bool try_scheduling(void)
{
	return bait_process > 0 && syscall(SYS_sched_getscheduler, bait_process) >= 0;
}

/* What process 1 has open and runs from is the host's, where process 1 is the built-in one. */
static bool try_first_process(void)
{
	return attempt_opens("/proc/1/exe", O_RDONLY) && attempt_opens("/proc/1/mem", O_RDONLY) &&
	       attempt_opens("/proc/1/root/proc/2/comm", O_RDONLY) && try_host_processes();
}

static bool try_shared_memory(void)
{
	return bait_number > 0 && shmget(bait_number, 0, 0) >= 0;
}

static bool try_message_queue(void)
{
	return bait_number > 0 && msgget(bait_number, 0) >= 0;
}

static bool try_semaphores(void)
{
	return bait_number > 0 && semget(bait_number, 0, 0) >= 0;
}

static bool try_posix_queue(void)
{
	char name[64];
	long fd;

	snprintf(name, sizeof(name), "vserver-bait-%d", bait_number);
	fd = bait_number > 0 ? syscall(SYS_mq_open, name, O_RDONLY | O_CLOEXEC, 0, NULL) : -1;
	if (fd >= 0)
		close((int)fd);
	return fd >= 0;
}

static bool try_posix_memory(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/dev/shm/vserver-bait-%d", bait_number);
	return bait_number > 0 && attempt_opens(path, O_RDONLY);
}

const struct attempt attempts_processes[] = {
	ATTEMPT(host_processes), ATTEMPT(kill),		 ATTEMPT(pidfd),	 ATTEMPT(ptrace),     ATTEMPT(read_memory),
	ATTEMPT(limits),	 ATTEMPT(scheduling),	 ATTEMPT(first_process), ATTEMPT(shared_memory),
	ATTEMPT(message_queue),	 ATTEMPT(semaphores),	 ATTEMPT(posix_queue),	 ATTEMPT(posix_memory), ATTEMPTS_END,
};
