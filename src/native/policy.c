#include "policy.h"

#include <signal.h>
#include <sys/wait.h>

bool vs_policy_is_failure(int status)
{
	return !WIFEXITED(status) || WEXITSTATUS(status) != 0;
}

bool vs_policy_restarts(enum vs_restart policy, int status)
{
	if (policy == VS_RESTART_ON_FAILURE)
		return vs_policy_is_failure(status);
	return policy == VS_RESTART_ALWAYS;
}

bool vs_policy_goes_on(enum vs_restart restart, enum vs_reboot reboot, enum vs_next next, int status)
{
	if (next != VS_NEXT_NOTHING)
		return next == VS_NEXT_RESTART;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP)
		return reboot == VS_REBOOT_RESTART;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGINT)
		return false;
	return vs_policy_restarts(restart, status);
}
