/* The host's hierarchies of cgroups, and the folder vserver/STORE/NAME that a guest has in some of them. */
#pragma once

#include "run.h"

#include <stdbool.h>

/* What limits a guest, in whichever version the host has each. */
enum vs_controller {
	VS_CPU,
	VS_IO,
	VS_MEMORY,
	VS_PIDS,
	VS_CONTROLLERS,
};

/* Opens the folder of version 2, wherever it is mounted; -ENOENT when nowhere. */
int vs_hierarchy_v2(void);

/* Opens the folder of a hierarchy of version 1; -ENOENT when it isn't mounted. */
int vs_hierarchy_v1(const char *name);

/* Opens the guest's folder in one of version 1; -ENOENT when it has none. */
int vs_hierarchy_v1_guest(const char *name, const struct vs_run *run);

/* The name a controller has in version 1. */
const char *vs_controller_v1(enum vs_controller controller);

/* Which controllers folder, of version 2, has: a bit each. */
unsigned int vs_hierarchy_controllers(int folder);
bool vs_hierarchy_has(int folder, enum vs_controller controller);

/* Opens what lies in a folder, made when missing and make is set. */
int vs_hierarchy_folder(int parent, const char *name, bool make);

/* Opens the guest's folder below top; with make it is made anew. */
int vs_hierarchy_guest(int top, const struct vs_run *run, bool make);

/* Hands controllers, a bit each, down from the top to the guest's folder of version 2: those that it can when it fails. */
int vs_hierarchy_enable(int top, const struct vs_run *run, unsigned int wanted);

/* Removes the guest's empty folder, and its parents when they are; waits for dying processes for two seconds at most. */
int vs_hierarchy_remove(int top, const struct vs_run *run);
