#include "ending.h"

#include "events.h"
#include "file.h"
#include "report.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

int vs_ending_settle(struct vs_ending *ending, const struct vs_delta *delta, struct vs_error *error)
{
	int r = 0;

	if (ending->is_discarded)
		r = vs_delta_discard(delta, &ending->settled, error);
	else if (ending->is_settled)
		r = vs_delta_settle(delta, -1, &ending->settled, error);
	ending->was_settled = r >= 0 && ending->is_settled && !ending->is_discarded;
	return r;
}

/* reboot(2) in a pid namespace ends its process 1 by SIGHUP for a restart and by SIGINT for a halt. */
static const char *how_of(int status)
{
	if (WIFEXITED(status))
		return "exited";
	if (WTERMSIG(status) == SIGHUP)
		return "reboot";
	if (WTERMSIG(status) == SIGINT)
		return "halt";
	return "signaled";
}

void vs_ending_record(const struct vs_ending *ending, const struct vs_run *run, const struct vs_error *error)
{
	char text[512] = "";
	int code = WIFEXITED(ending->status) ? WEXITSTATUS(ending->status) : WTERMSIG(ending->status);

	vs_state_add(text, sizeof(text), "how", how_of(ending->status));
	vs_state_add_number(text, sizeof(text), "code", (uint64_t)code);
	vs_state_add(text, sizeof(text), "step", ending->step);
	if (error->id[0])
		vs_state_add(text, sizeof(text), "error", error->id);
	vs_file_replace(run->folder, "ended", text, strlen(text));
}

void vs_ending_tell(const struct vs_ending *ending, int fd, const struct vs_error *error)
{
	vs_event_stopped(fd, ending->step, ending->elapsed_ms);
	if (ending->was_settled)
		vs_event_settled(fd, &ending->settled);
	if (error->id[0])
		vs_report_error(fd, error);
	vs_report_done(fd, !error->id[0]);
}
