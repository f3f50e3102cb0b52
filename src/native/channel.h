/*
 * What a child tells the process that made it, and gets from it: a SOCK_SEQPACKET pair. The child's end is closed by
 * exec, so "going" followed by the end of the channel means that the program runs.
 */
#pragma once

#include "error.h"

#include <stdint.h>

#define VS_CHANNEL_FDS 4

enum vs_word {
	/* The peer has closed its end. */
	VS_WORD_END,
	/* To the child: your ids are mapped. */
	VS_WORD_MAPPED,
	/* To the child: here are your descriptors, build your root. */
	VS_WORD_ROOT,
	/* To the child, with a descriptor: the next of its config's mounts that comes from the host. */
	VS_WORD_MOUNT,
	/* From the child, with a descriptor: the other side of its terminal. */
	VS_WORD_TERMINAL,
	/* From the child, with a descriptor: its /dev/reboot. */
	VS_WORD_REBOOT,
	/* From the child: next comes exec, or there is nothing to exec. */
	VS_WORD_GOING,
	/* From the child: it failed, and why. */
	VS_WORD_FAILED,
};

int vs_channel_make(int ret_ends[2], struct vs_error *error);

/* Sends a word, with count descriptors. */
int vs_channel_say(int channel, enum vs_word word, const int *fds, unsigned int count);

/* Sends VS_WORD_FAILED with the error. */
int vs_channel_fail(int channel, const struct vs_error *error);

/*
 * Receives a word. On VS_WORD_FAILED the peer's error is in error and its negative errno returned. Exactly count
 * descriptors are expected in fds. -EPROTO when anything else came.
 */
int vs_channel_hear(int channel, int *fds, unsigned int count, struct vs_error *error);

/* Waits for "going" and the end that follows when the program runs. 0, or the error of the child. */
int vs_channel_await_program(int channel, struct vs_error *error);
