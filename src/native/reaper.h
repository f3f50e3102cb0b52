/* The built-in process 1, for guests without an init of their own. */
#pragma once

#include "program.h"

/*
 * Starts the program, if there is one, and is process 1 from then on. SIGTERM asks everything to end and then ends the
 * guest. With status (not -1) the program is the guest's only one: signals are passed to it, its wait status is
 * written there, and the guest ends with it. Comes back only with an error.
 */
int vs_reaper_start(const struct vs_program *program, int channel, int status, struct vs_error *error);
