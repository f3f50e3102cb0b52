#include "events.h"

#include "report.h"

#include <sys/wait.h>

int vs_event_end(int fd, int status)
{
	struct vs_line line;

	if (WIFSIGNALED(status)) {
		vs_line_begin(&line, "signaled");
		vs_line_number(&line, "signal", WTERMSIG(status));
	} else {
		vs_line_begin(&line, "exited");
		vs_line_number(&line, "code", WEXITSTATUS(status));
	}
	return vs_line_send(&line, fd);
}

int vs_event_timeout(int fd)
{
	struct vs_line line;

	vs_line_begin(&line, "timeout");
	return vs_line_send(&line, fd);
}

int vs_event_settled(int fd, const struct vs_settled *settled)
{
	struct vs_line line;

	vs_line_begin(&line, "settled");
	vs_line_number(&line, "moved", (int64_t)settled->moved);
	vs_line_number(&line, "removed", (int64_t)settled->removed);
	vs_line_number(&line, "directories", (int64_t)settled->folders);
	return vs_line_send(&line, fd);
}

int vs_event_stopped(int fd, const char *step, int64_t elapsed_ms)
{
	struct vs_line line;

	vs_line_begin(&line, "stopped");
	vs_line_text(&line, "step", step);
	vs_line_number(&line, "elapsed-ms", elapsed_ms);
	return vs_line_send(&line, fd);
}
