/*
 * The guest's /dev/reboot, as the old rebootmgr had it: a socket that takes the lines "reboot" and "halt" from the guest's root.
 */
#pragma once

#include "error.h"

enum vs_wish {
	VS_WISH_NONE,
	VS_WISH_REBOOT,
	VS_WISH_HALT,
};

/* Those who may be connected at once; a further one takes the place of the first. */
#define VS_REBOOTMGR_CALLERS 4

struct vs_rebootmgr {
	int callers[VS_REBOOTMGR_CALLERS];
	unsigned int next;
};

#define VS_REBOOTMGR_NONE { .callers = { -1, -1, -1, -1 } }

/* Inside, before anything of the guest runs: makes /dev/reboot and returns the socket that listens there. */
int vs_rebootmgr_make(struct vs_error *error);

/* Outside. Nothing of it waits for a guest. */
void vs_rebootmgr_accept(struct vs_rebootmgr *manager, int listener);
enum vs_wish vs_rebootmgr_hear(int *caller);
void vs_rebootmgr_close(struct vs_rebootmgr *manager);

/* What a line asks for. */
enum vs_wish vs_rebootmgr_parse(const char *line);
