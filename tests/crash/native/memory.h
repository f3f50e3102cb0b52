/* What a stopped thread's arguments point at. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

bool memory_read(pid_t thread, uint64_t address, void *buffer, size_t length);

/* The whole path that a folder's descriptor and a name mean; address 0: the descriptor alone. */
bool memory_path(pid_t thread, int folder, uint64_t address, char *ret_path, size_t room);
