#include "report.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Two bytes are kept for the closing brace and the newline. */
static void append(struct vs_line *line, const char *bytes, size_t length)
{
	size_t room = sizeof(line->bytes) - 2 - line->length;

	if (length > room)
		length = room;
	memcpy(line->bytes + line->length, bytes, length);
	line->length += length;
}

static void append_quoted(struct vs_line *line, const char *text)
{
	append(line, "\"", 1);
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;
		char escaped[8];

		if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\') {
			append(line, text, 1);
			continue;
		}
		snprintf(escaped, sizeof(escaped), "\\u%04x", byte);
		append(line, escaped, 6);
	}
	append(line, "\"", 1);
}

static void append_key(struct vs_line *line, const char *key)
{
	append(line, line->length == 1 ? "" : ",", line->length == 1 ? 0 : 1);
	append_quoted(line, key);
	append(line, ":", 1);
}

void vs_line_begin(struct vs_line *line, const char *event)
{
	line->length = 0;
	append(line, "{", 1);
	vs_line_text(line, "event", event);
}

void vs_line_text(struct vs_line *line, const char *key, const char *value)
{
	append_key(line, key);
	append_quoted(line, value);
}

void vs_line_number(struct vs_line *line, const char *key, int64_t value)
{
	char digits[24];

	append_key(line, key);
	append(line, digits, (size_t)snprintf(digits, sizeof(digits), "%lld", (long long)value));
}

void vs_line_switch(struct vs_line *line, const char *key, bool value)
{
	append_key(line, key);
	append(line, value ? "true" : "false", value ? 4 : 5);
}

int vs_line_send(struct vs_line *line, int fd)
{
	line->bytes[line->length++] = '}';
	line->bytes[line->length++] = '\n';
	for (;;) {
		ssize_t written = write(fd, line->bytes, line->length);

		if (written == (ssize_t)line->length)
			return 0;
		if (written < 0 && errno == EINTR)
			continue;
		return written < 0 ? -errno : -EIO;
	}
}

int vs_report_error(int fd, const struct vs_error *error)
{
	struct vs_line line;

	vs_line_begin(&line, "error");
	vs_line_text(&line, "id", error->id[0] ? error->id : "Internal");
	vs_line_number(&line, "errno", error->number);
	vs_line_text(&line, "call", error->call);
	vs_line_text(&line, "target", error->target);
	vs_line_text(&line, "detail", error->detail);
	return vs_line_send(&line, fd);
}

int vs_report_done(int fd, bool ok)
{
	struct vs_line line;

	vs_line_begin(&line, "done");
	vs_line_switch(&line, "ok", ok);
	return vs_line_send(&line, fd);
}

bool vs_report_is_cancelled(int fd)
{
	struct pollfd report = { .fd = fd };

	/* The write end of a pipe shows POLLERR, that of a socket POLLHUP, once the other end is closed. */
	return poll(&report, 1, 0) == 1 && (report.revents & (POLLERR | POLLHUP)) != 0;
}
