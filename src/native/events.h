/* The events that more than one verb reports. Each goes to a descriptor that may be a pipe or a monitor's caller. */
#pragma once

#include "delta.h"

#include <stdint.h>

/* "exited" or "signaled", from a wait status. */
int vs_event_end(int fd, int status);
int vs_event_timeout(int fd);
int vs_event_settled(int fd, const struct vs_settled *settled);
int vs_event_stopped(int fd, const char *step, int64_t elapsed_ms);
