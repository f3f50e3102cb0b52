/* What becomes of a guest that has ended. */
#pragma once

#include <stdbool.h>

enum vs_restart {
	VS_RESTART_NEVER,
	VS_RESTART_ON_FAILURE,
	VS_RESTART_ALWAYS,
};

enum vs_reboot {
	VS_REBOOT_RESTART,
	VS_REBOOT_STOP,
	VS_REBOOT_IGNORE,
};

/* What was asked for while it ran. */
enum vs_next {
	VS_NEXT_NOTHING,
	VS_NEXT_STOP,
	VS_NEXT_RESTART,
};

/* A program that ended with this wait status has failed. */
bool vs_policy_is_failure(int status);

/* True when its end alone asks for a restart. */
bool vs_policy_restarts(enum vs_restart policy, int status);

/*
 * True when the guest is to be started again. reboot(2) in a pid namespace ends its process 1 by SIGHUP for a restart and by SIGINT
 * for a halt, which is no failure.
 */
bool vs_policy_goes_on(enum vs_restart restart, enum vs_reboot reboot, enum vs_next next, int status);
