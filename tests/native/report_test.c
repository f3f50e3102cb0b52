#include "check.h"

#include "report.h"

#include <string.h>
#include <unistd.h>

static char written[VS_LINE + 1];

static const char *send_line(struct vs_line *line)
{
	int ends[2];
	ssize_t length;

	if (pipe(ends) < 0 || vs_line_send(line, ends[1]) < 0)
		return "";
	length = read(ends[0], written, VS_LINE);
	written[length < 0 ? 0 : length] = '\0';
	close(ends[0]);
	close(ends[1]);
	return written;
}

static void test_escapes(void)
{
	struct vs_line line;

	vs_line_begin(&line, "error");
	vs_line_text(&line, "t", "a\"b\\c\n\x01\xff\x7f");
	vs_line_number(&line, "n", -5);
	vs_line_switch(&line, "ok", true);
	CHECK(strcmp(send_line(&line), "{\"event\":\"error\",\"t\":\"a\\u0022b\\u005cc\\u000a\\u0001\\u00ff\\u007f\","
				       "\"n\":-5,\"ok\":true}\n") == 0);
}

/* The longest error there can be, every byte escaped, is a whole line still. */
static void test_longest_error(void)
{
	struct vs_error error = { .number = 2147483647 };
	int ends[2];
	ssize_t length;

	memset(error.id, '"', sizeof(error.id) - 1);
	memset(error.call, '\n', sizeof(error.call) - 1);
	memset(error.target, 1, sizeof(error.target) - 1);
	memset(error.detail, -1, sizeof(error.detail) - 1);
	CHECK(pipe(ends) == 0 && vs_report_error(ends[1], &error) == 0);
	length = read(ends[0], written, VS_LINE);
	CHECK(length > 3000 && written[length - 1] == '\n' && written[length - 2] == '}' && written[length - 3] == '"');
	close(ends[0]);
	CHECK(vs_report_is_cancelled(ends[1]));
	close(ends[1]);
}

int main(void)
{
	test_escapes();
	test_longest_error();
	CHECK_END();
}
