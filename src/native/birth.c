#include "birth.h"

#include "kernel.h"

#include <errno.h>
#include <linux/sched.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <unistd.h>

static pid_t clone_with(uint64_t flags, int cgroup, int *ret_pidfd)
{
	pid_t pid = vs_clone(flags, ret_pidfd, cgroup);

	/* A kernel without time namespaces. */
	return pid == -EINVAL ? vs_clone(flags & ~(uint64_t)CLONE_NEWTIME, ret_pidfd, cgroup) : pid;
}

/*
 * What a guest uses of what is counted by user (inotify's instances and watches, pending signals, locked memory) is
 * counted for the user who made its namespace, too. That is the guest's own root: of the host's, one guest could leave
 * nothing for the host's services. Capabilities stay meanwhile.
 */
static pid_t clone_as(uid_t owner, uint64_t flags, int cgroup, int *ret_pidfd)
{
	pid_t pid;

	if (prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) < 0 || setresuid((uid_t)-1, owner, (uid_t)-1) < 0)
		return -errno;
	pid = clone_with(flags, cgroup, ret_pidfd);
	/* The child takes its ids when they are mapped. */
	if (pid == 0)
		return 0;
	if (setresuid((uid_t)-1, 0, (uid_t)-1) < 0 || prctl(PR_SET_SECUREBITS, 0) < 0)
		_exit(1);
	vs_conceal();
	return pid;
}

pid_t vs_birth(const struct vs_order *order, int cgroup, int *ret_pidfd)
{
	uint64_t flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWTIME;

	if (order->has_own_network)
		flags |= CLONE_NEWNET;
	if (order->is_privileged)
		return clone_with(flags, cgroup, ret_pidfd);
	return clone_as(order->id_base, flags | CLONE_NEWUSER, cgroup, ret_pidfd);
}
