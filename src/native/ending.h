/* What is done and said when a guest has ended, by its monitor or by whoever finds that the monitor is dead. */
#pragma once

#include "delta.h"
#include "run.h"

#include <stdbool.h>
#include <stdint.h>

struct vs_ending {
	/* Wait status of process 1, and of the only program of an ephemeral guest. */
	int status;
	int program_status;
	/* What ended it: "signal", "kill" or "gone". */
	const char *step;
	int64_t elapsed_ms;
	/* What is to become of the delta. */
	bool is_settled;
	bool is_discarded;
	/* What became of it. */
	bool was_settled;
	struct vs_settled settled;
};

/* Settles or drops the delta, as asked. */
int vs_ending_settle(struct vs_ending *ending, const struct vs_delta *delta, struct vs_error *error);

/* Writes <run>/ended, which the next start removes: how=exited|signaled|reboot|halt, code=, step=, error=. */
void vs_ending_record(const struct vs_ending *ending, const struct vs_run *run, const struct vs_error *error);

/* Reports the end and what became of the delta to one who asked, with "done" as the last. */
void vs_ending_tell(const struct vs_ending *ending, int fd, const struct vs_error *error);
