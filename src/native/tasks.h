/* The processes and threads of a guest, as its cgroup lists them. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/* Brings all processes of one cgroup, and of those below it, into a cgroup of another hierarchy. */
int vs_tasks_move(int from, int to);

/* Sets the nice value of all threads of a cgroup and of those below it. */
int vs_tasks_renice(int folder, bool is_v1, int nice);

/* The nice value of a process; 0 when it is gone. */
int vs_tasks_nice(pid_t pid);

/* Sets that of one process with one thread, 0 for the caller. */
int vs_tasks_set_nice(pid_t pid, int nice);
