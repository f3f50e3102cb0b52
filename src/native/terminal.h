/* A terminal of the guest's own for a command, and its relay to the terminal of the caller. */
#pragma once

#include "error.h"

#include <stdint.h>

/*
 * Inside the guest, as the user who is to own it: opens a pty, makes it the controlling terminal and descriptors 0, 1 and
 * 2, with size and modes of the caller's, and sends the other side along the channel.
 */
int vs_terminal_take(int channel, struct vs_error *error);

/* Outside: receives the other side. It comes from within a guest, so it is checked to be what it should be. */
int vs_terminal_receive(int channel, struct vs_error *error);

/*
 * Relays between the pty's other side and our 0 and 1 until the process behind pidfd ends: 1, or -ECANCELED when the
 * report is closed, or 0 at the deadline (-1: never). Window changes and signals are passed on. The caller's terminal is as
 * it was after that, whatever happened.
 */
int vs_terminal_relay(int master, int pidfd, int group, int signals, int report, int64_t deadline);
