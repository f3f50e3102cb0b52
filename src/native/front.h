/* The process that was called, waiting for what it has set going: signals are passed on, a closed report cancels. */
#pragma once

#include "error.h"

#include <stdint.h>

/* Blocks the signals that are to be passed on and returns a descriptor that reads them. */
int vs_front_signals(struct vs_error *error);

/* Passes one signal on; returns its number, 0 when there was none. SIGWINCH is for the caller alone. */
int vs_front_pass_on(int pidfd, int group, int signals);

/*
 * Waits for the process behind pidfd to end, or until the deadline (-1: for ever). Signals go to it or, with a group, to that
 * process group. 1: ended; 0: time over; -ECANCELED: the report was closed.
 */
int vs_front_wait(int pidfd, int group, int signals, int report, int64_t deadline);

/* Waits for the other end of a channel to be closed; as above. What was said on it before can be heard without waiting then. */
int vs_front_await_hangup(int channel, int report, int64_t deadline);

/* Waits until a child that has ended is reaped, which who traces it can put off; as above. */
int vs_front_reap(int pid, int report, int64_t deadline, int *ret_status);

/* Lets go of the caller's stdin, stdout and stderr, so that their other ends see when the guest's program closes them. */
void vs_front_release(void);

/* Lets everybody in the guest open /dev/stdout and the like where they are the caller's pipes. */
void vs_front_open_pipes(void);
