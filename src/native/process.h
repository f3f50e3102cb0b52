/* Processes by descriptor, checked against their start time so that a recycled pid is never taken for one. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

/* Field 22 of /proc/PID/stat: clock ticks since boot. */
int vs_process_start_time(pid_t pid, uint64_t *ret_ticks);

/* A pidfd of the very process that had this pid and start time; -ESRCH when it is gone. */
int vs_process_open(pid_t pid, uint64_t ticks);

/* The pid behind a pidfd as /proc counts it, whatever pid namespace we are in. */
int vs_process_pid(int pidfd, pid_t *ret_pid);

/* Our own pid as /proc counts it. */
int vs_process_self(pid_t *ret_pid);

/* Waits for the end of the process: 1 when it ended, 0 when the time was over first. Negative time is for ever. */
int vs_process_wait_end(int pidfd, int milliseconds);

/* Milliseconds of the monotonic clock. */
int64_t vs_clock_milliseconds(void);

/* The moment that is so many milliseconds from now; -1, which is never, for a negative number. */
int64_t vs_clock_deadline(int milliseconds);

/* How long it is until then, as poll takes it: 0 when it is over, -1 for ever. */
int vs_clock_left(int64_t deadline);
