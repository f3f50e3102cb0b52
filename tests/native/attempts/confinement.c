/* What would loosen our own walls: capabilities, limits, namespaces. */
#include "attempts.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* LINUX_IMMUTABLE, SYS_MODULE, SYS_PTRACE, SYS_ADMIN, MKNOD, PERFMON, BPF. */
static bool try_capability_bounds(void)
{
	static const int never[] = { 9, 16, 19, 21, 27, 38, 39 };

	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		if (prctl(PR_CAPBSET_READ, never[i]) == 1)
			return true;
	return false;
}

static bool try_capability_raise(void)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data) < 0)
		return false;
	data[0].permitted |= 1U << CAP_SYS_ADMIN;
	data[0].effective |= 1U << CAP_SYS_ADMIN;
	return syscall(SYS_capset, &header, data) == 0;
}

static bool try_capability_ambient(void)
{
	return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_SYS_ADMIN, 0, 0) == 0;
}

static bool clones(unsigned long flags)
{
	pid_t pid = (pid_t)syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, 0);

	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool try_user_namespace(void)
{
	return clones(CLONE_NEWUSER);
}

static bool try_user_namespace_by_clone3(void)
{
	unsigned long long arguments[8] = { CLONE_NEWUSER, 0, 0, 0, SIGCHLD };
	pid_t pid = (pid_t)syscall(SYS_clone3, arguments, sizeof(arguments));

	if (pid == 0)
		_exit(0);
	return pid > 0;
}

#define UNSHARE(name, flag)                           \
	static bool name(void)                        \
	{                                             \
		return unshare(flag) == 0;            \
	}                                             \
	static bool try_##name(void)                  \
	{                                             \
		return attempt_apart(name);           \
	}

UNSHARE(unshare_user, CLONE_NEWUSER)
UNSHARE(unshare_mounts, CLONE_NEWNS)
UNSHARE(unshare_network, CLONE_NEWNET)
UNSHARE(unshare_processes, CLONE_NEWPID)
UNSHARE(unshare_cgroups, CLONE_NEWCGROUP)

static bool joins(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool done = fd >= 0 && setns(fd, 0) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

/* The one that we are in: it would go on to others. */
static bool try_setns(void)
{
	return joins("/proc/self/ns/uts");
}

static bool try_setns_leaked(void)
{
	for (int fd = 3; fd < 1024; fd++)
		if (setns(fd, 0) == 0)
			return true;
	return false;
}

static bool try_id_map(void)
{
	int fd = open("/proc/self/uid_map", O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, "0 0 1\n", 6) == 6;

	if (fd >= 0)
		close(fd);
	return done;
}

static bool try_limit_raise(void)
{
	struct rlimit before, more;

	if (getrlimit(RLIMIT_NOFILE, &before) < 0 || before.rlim_max == RLIM_INFINITY)
		return false;
	more = before;
	more.rlim_max++;
	if (setrlimit(RLIMIT_NOFILE, &more) < 0)
		return false;
	setrlimit(RLIMIT_NOFILE, &before);
	return true;
}

static bool try_priority_raise(void)
{
	int before = getpriority(PRIO_PROCESS, 0);

	if (setpriority(PRIO_PROCESS, 0, before - 1) < 0 || getpriority(PRIO_PROCESS, 0) != before - 1)
		return false;
	setpriority(PRIO_PROCESS, 0, before);
	return true;
}

static bool try_realtime(void)
{
	const struct sched_param first = { .sched_priority = 1 }, none = { .sched_priority = 0 };

	if (syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &first) < 0)
		return false;
	syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, &none);
	return true;
}

/* Below 0 the host's own processes would be killed first. */
static bool try_oom_protection(void)
{
	int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, "-1\n", 3) == 3;

	if (done && write(fd, "0\n", 2) != 2)
		done = true;
	if (fd >= 0)
		close(fd);
	return done;
}

/* The kernel takes 1 as "not to a program of the host", which would be its root's, whatever core_pattern says. */
static bool try_core_to_host(void)
{
	struct rlimit cores;

	return getrlimit(RLIMIT_CORE, &cores) == 0 && cores.rlim_max != 1;
}

const struct attempt attempts_confinement[] = {
	ATTEMPT(capability_bounds), ATTEMPT(capability_raise), ATTEMPT(capability_ambient), ATTEMPT(user_namespace),
	ATTEMPT(user_namespace_by_clone3), ATTEMPT(unshare_user), ATTEMPT(unshare_mounts), ATTEMPT(unshare_network),
	ATTEMPT(unshare_processes), ATTEMPT(unshare_cgroups), ATTEMPT(setns), ATTEMPT(setns_leaked),
	ATTEMPT(id_map), ATTEMPT(limit_raise), ATTEMPT(priority_raise), ATTEMPT(realtime),
	ATTEMPT(oom_protection), ATTEMPT(core_to_host), ATTEMPTS_END,
};
