/* Makes sure that this program runs from a sealed copy of itself in memory. */
#pragma once

#include "error.h"

/*
 * Returns 0 in the sealed copy; in the file on disk it doesn't return but starts the copy with the verb and an empty
 * environment. A guest that tricks us into running /proc/self/exe reaches the copy, which nobody can
 * write to, and never the file on the host (CVE-2019-5736).
 */
int vs_seal_enter(char *verb, struct vs_error *error);
