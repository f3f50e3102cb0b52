/* Turning a process that is already inside a guest into one of the guest's programs. */
#pragma once

#include "error.h"
#include "request.h"

#include <stdbool.h>

struct vs_program {
	/* NULL-terminated; the texts belong to the request. */
	char **arguments;
	char **environment;
	/* A user of the guest, or NULL for root. */
	const char *user;
	/* Folder to start in, or NULL for the user's home. */
	const char *folder;
	/* Whether it has a terminal. */
	bool terminal;
};

/* The keys arg, env, user, cwd. */
int vs_program_read(const struct vs_request *request, struct vs_program *ret_program, struct vs_error *error);
void vs_program_free(struct vs_program *program);
#define cleanup_program __attribute__((cleanup(vs_program_free)))

/*
 * Becomes the user, goes to the folder, says "going" on the channel and runs the program. Comes back only with an
 * error. The process is the leader of a session, inside the guest, confined, and has closed what the guest must not see.
 */
int vs_program_run(const struct vs_program *program, int channel, struct vs_error *error);

/* Gives signals back their defaults and unblocks them: ours are none of a guest's program's. */
void vs_program_reset_signals(void);
