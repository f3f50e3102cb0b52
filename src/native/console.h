/*
 * The log of what process 1 writes. The guest has a pipe, never the file: with the file it could truncate its log or
 * fill the host's disk.
 */
#pragma once

#include "error.h"

#include <stdint.h>

/* At this size the log becomes NAME.1 and a new one is begun. */
#define VS_CONSOLE_SIZE (1024 * 1024)

struct vs_console {
	/* The folder of the file, and its name there; -1 for none. */
	int folder;
	char name[256];
	int file;
	int64_t size;
};

#define VS_CONSOLE_NONE { .folder = -1, .file = -1 }

/* Opens the file for appending; its folder must exist. A NULL path is a console that forgets. */
int vs_console_open(const char *path, struct vs_console *ret_console, struct vs_error *error);
void vs_console_close(struct vs_console *console);
#define cleanup_console __attribute__((cleanup(vs_console_close)))

/* Takes what is in the pipe; 0 at its end, positive when there may be more to come. */
int vs_console_pump(struct vs_console *console, int pipe);
