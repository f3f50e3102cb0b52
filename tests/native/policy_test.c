#include "check.h"

#include "policy.h"

#include <signal.h>

/* Wait statuses as the kernel makes them. */
#define EXITED(code) ((code) << 8)
#define SIGNALED(number) (number)

static void test_restart_policy(void)
{
	CHECK(!vs_policy_goes_on(VS_RESTART_NEVER, VS_REBOOT_RESTART, VS_NEXT_NOTHING, EXITED(1)));
	CHECK(vs_policy_goes_on(VS_RESTART_ON_FAILURE, VS_REBOOT_RESTART, VS_NEXT_NOTHING, EXITED(1)));
	CHECK(vs_policy_goes_on(VS_RESTART_ON_FAILURE, VS_REBOOT_RESTART, VS_NEXT_NOTHING, SIGNALED(SIGSEGV)));
	CHECK(!vs_policy_goes_on(VS_RESTART_ON_FAILURE, VS_REBOOT_RESTART, VS_NEXT_NOTHING, EXITED(0)));
	CHECK(vs_policy_goes_on(VS_RESTART_ALWAYS, VS_REBOOT_RESTART, VS_NEXT_NOTHING, EXITED(0)));
}

static void test_reboot_policy(void)
{
	CHECK(vs_policy_goes_on(VS_RESTART_NEVER, VS_REBOOT_RESTART, VS_NEXT_NOTHING, SIGNALED(SIGHUP)));
	CHECK(!vs_policy_goes_on(VS_RESTART_ALWAYS, VS_REBOOT_STOP, VS_NEXT_NOTHING, SIGNALED(SIGHUP)));
	CHECK(!vs_policy_goes_on(VS_RESTART_ALWAYS, VS_REBOOT_RESTART, VS_NEXT_NOTHING, SIGNALED(SIGINT)));
}

static void test_what_was_asked_comes_first(void)
{
	CHECK(!vs_policy_goes_on(VS_RESTART_ALWAYS, VS_REBOOT_RESTART, VS_NEXT_STOP, EXITED(1)));
	CHECK(!vs_policy_goes_on(VS_RESTART_ALWAYS, VS_REBOOT_RESTART, VS_NEXT_STOP, SIGNALED(SIGHUP)));
	CHECK(vs_policy_goes_on(VS_RESTART_NEVER, VS_REBOOT_RESTART, VS_NEXT_RESTART, SIGNALED(SIGKILL)));
}

int main(void)
{
	test_restart_policy();
	test_reboot_policy();
	test_what_was_asked_comes_first();
	CHECK_END();
}
