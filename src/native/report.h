/* The report: one JSON object a line, ASCII only, each line one write. */
#pragma once

#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Roomy enough for the longest event: an error with three texts whose every byte is escaped. */
#define VS_LINE 8192

struct vs_line {
	char bytes[VS_LINE];
	size_t length;
};

void vs_line_begin(struct vs_line *line, const char *event);
void vs_line_text(struct vs_line *line, const char *key, const char *value);
void vs_line_number(struct vs_line *line, const char *key, int64_t value);
void vs_line_switch(struct vs_line *line, const char *key, bool value);

/* Ends the line with a newline and writes it; -EPIPE when nobody reads any more. */
int vs_line_send(struct vs_line *line, int fd);

/* The events that every verb can give. */
int vs_report_error(int fd, const struct vs_error *error);
int vs_report_done(int fd, bool ok);

/* True when the reader has closed its end, which is how a caller cancels. */
bool vs_report_is_cancelled(int fd);
