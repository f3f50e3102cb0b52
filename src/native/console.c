#include "console.h"

#include "cleanup.h"
#include "file.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int file_open(struct vs_console *console)
{
	const int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY | O_NONBLOCK;
	struct stat status;

	console->file = openat(console->folder, console->name, flags, 0600);
	if (console->file < 0)
		return -errno;
	if (fstat(console->file, &status) < 0 || !S_ISREG(status.st_mode)) {
		vs_close(&console->file);
		return -EINVAL;
	}
	console->size = status.st_size;
	return 0;
}

int vs_console_open(const char *path, struct vs_console *ret_console, struct vs_error *error)
{
	cleanup_console struct vs_console console = VS_CONSOLE_NONE;
	char folder[PATH_MAX];
	size_t length;
	int r;

	if (!path)
		return 0;
	length = (size_t)(vs_text_base(path) - path);
	snprintf(console.name, sizeof(console.name), "%s", path + length);
	if (length >= sizeof(folder) || !console.name[0])
		return vs_fail(error, "ConsoleFailed", EINVAL, "open", path);
	memcpy(folder, path, length);
	folder[length] = '\0';
	console.folder = vs_folder_open(folder, 1);
	if (console.folder < 0)
		return vs_fail(error, "ConsoleFailed", console.folder, "open", folder);
	r = file_open(&console);
	if (r < 0)
		return vs_fail(error, "ConsoleFailed", r, "open", path);
	*ret_console = console;
	console = (struct vs_console)VS_CONSOLE_NONE;
	return 0;
}

void vs_console_close(struct vs_console *console)
{
	vs_close(&console->file);
	vs_close(&console->folder);
}

static void turn_over(struct vs_console *console)
{
	char old[sizeof(console->name) + 2];

	snprintf(old, sizeof(old), "%s.1", console->name);
	vs_close(&console->file);
	renameat(console->folder, console->name, console->folder, old);
	file_open(console);
}

/* A full disk costs the log, not the guest. */
static void keep(struct vs_console *console, const char *bytes, size_t length)
{
	ssize_t written;

	if (console->size >= VS_CONSOLE_SIZE)
		turn_over(console);
	if (console->file < 0)
		return;
	written = write(console->file, bytes, length);
	if (written > 0)
		console->size += written;
}

int vs_console_pump(struct vs_console *console, int pipe)
{
	char bytes[4096];

	/* Not without end: a guest that never stops writing must not keep us from our other work. */
	for (int rounds = 0; rounds < 16; rounds++) {
		ssize_t got = read(pipe, bytes, sizeof(bytes));

		if (got < 0)
			return errno == EAGAIN || errno == EINTR ? 1 : 0;
		if (got == 0)
			return 0;
		keep(console, bytes, (size_t)got);
	}
	return 1;
}
