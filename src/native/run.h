/* The run-time folder of a guest, /run/vserver/STORE/NAME: its lock, its state, its control socket. */
#pragma once

#include "error.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct vs_run {
	/* The folder, opened. */
	int folder;
	/* The lock file; held exclusively for as long as the descriptor is open anywhere, or -1. */
	int lock;
	/* What keeps others from the guest's host ids in the same way, or -1. */
	int ids;
	/* The last two components of the folder's path. */
	char store[65];
	char name[64];
};

#define VS_RUN_NONE { .folder = -1, .lock = -1, .ids = -1 }

/* Opens the folder; made when missing and make is set, else NotRunning. */
int vs_run_open(const char *path, bool make, struct vs_run *ret_run, struct vs_error *error);

/* Takes the lock, waiting for it at most so many milliseconds; AlreadyRunning or Busy when somebody has it. */
int vs_run_lock(struct vs_run *run, int milliseconds, struct vs_error *error);

/*
 * Takes the guest's block of host ids, which guests of any store may have been given by accident: IdsTaken when one that
 * runs has some of them.
 */
int vs_run_lock_ids(struct vs_run *run, uint32_t base, struct vs_error *error);

void vs_run_close(struct vs_run *run);
#define cleanup_run __attribute__((cleanup(vs_run_close)))

/* What <run>/state says; the kernel is asked before any of it is believed. */
struct vs_state {
	char *text;
};

/*
 * Turns newlines into the ends of strings and \ooo into bytes, in place. The text is NUL-terminated, with room for one
 * byte more: it ends with an empty string then.
 */
void vs_state_decode(char *text, size_t length);

int vs_state_read(const struct vs_run *run, struct vs_state *ret_state);
void vs_state_free(struct vs_state *state);
#define cleanup_state __attribute__((cleanup(vs_state_free)))

/* NULL when there is no such key. */
const char *vs_state_text(const struct vs_state *state, const char *key);
int vs_state_number(const struct vs_state *state, const char *key, uint64_t *ret_number);

/* A pidfd of the process whose pid and start time are under "KEY" and "KEY-start"; -ESRCH when it is gone. */
int vs_state_process(const struct vs_state *state, const char *key);

/* Adds key=value to text of the given size, value with newlines and backslashes as \ooo; false when it doesn't fit. */
bool vs_state_add(char *text, size_t size, const char *key, const char *value);
bool vs_state_add_number(char *text, size_t size, const char *key, uint64_t value);

/* Removes what a guest's end leaves without purpose: state, control and nice. */
void vs_run_clear(const struct vs_run *run);
