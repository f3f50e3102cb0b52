/*
 * Tries, from inside a guest, what a guest must not be able to do. Where an attempt succeeds it does no harm: it asks or
 * opens instead of acting, gives arguments that are refused after the permission was checked, or sets what is set
 * already. So it can be run under weaker walls, and on the bare host, for comparison.
 */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct attempt {
	const char *name;
	/* Whether it got through. */
	bool (*try)(void);
};

#define ATTEMPT(name) { #name, try_##name }
#define ATTEMPTS_END { NULL, NULL }

/* Each list ends with ATTEMPTS_END. */
extern const struct attempt attempts_calls[];
extern const struct attempt attempts_confinement[];
extern const struct attempt attempts_devices[];
extern const struct attempt attempts_kernel[];
extern const struct attempt attempts_mounts[];
extern const struct attempt attempts_network[];
extern const struct attempt attempts_processes[];
extern const struct attempt attempts_roots[];
extern const struct attempt attempts_shared[];

/* What bait_main has put up outside; 0 where there is no bait. */
extern int bait_number;
extern pid_t bait_process;

/* Puts up what only the host may reach, says "ready NUMBER PID", and takes it down at the end of its input. */
int bait_main(int number);
int bait_port(void);

/* Whether a call was not refused for want of permission, or for not being there at all. */
bool attempt_reached(long result);
bool attempt_opens(const char *path, int flags);
/* An attempt in a process of its own, which goes nowhere with what it got. */
bool attempt_apart(bool (*try)(void));
/* Reads a file and writes the same into it: whether that could be done. */
bool attempt_writes_back(const char *path);
