/* The built-in process 1, for guests without an init of their own. */
#pragma once

#include "program.h"

#include <stdbool.h>

struct vs_reaper_order {
	/* Started at once, if there is one. */
	const struct vs_program *program;
	/* Run when the guest is asked to end, before everything else is; no arguments: there is none. */
	struct vs_program stopper;
	/* Where the program's wait status is written. */
	int status;
	/* The program is the guest's only one: signals are passed to it, and the guest ends with it. */
	bool is_only;
};

/*
 * Starts the program, if there is one, and is process 1 from then on. SIGTERM runs the stop script, asks everything to
 * end and then ends the guest. Comes back only with an error.
 */
int vs_reaper_start(const struct vs_reaper_order *order, int channel, struct vs_error *error);
