/* What went wrong, as the report will say it: written where it happened, passed up unchanged. */
#pragma once

#define VS_TEXT 256

struct vs_error {
	/* A stable PascalCase id of docs/design/protocol.md. */
	char id[40];
	/* The raw errno, or 0 when no system call refused. */
	int number;
	/* The system call or step that failed. */
	char call[40];
	/* What it was done to. */
	char target[VS_TEXT];
	/* Anything the kernel or the parser said besides. */
	char detail[VS_TEXT];
};

/*
 * Fills the error unless an earlier one is there (the first cause is the one worth reading) and returns the
 * negative errno, -EINVAL when number is 0. number may be given positive or negative.
 */
int vs_fail(struct vs_error *error, const char *id, int number, const char *call, const char *target);

/* As vs_fail, with a detail. */
int vs_fail_detail(struct vs_error *error, const char *id, int number, const char *call, const char *target,
		   const char *detail);
