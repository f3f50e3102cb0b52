#include "text.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

int vs_text_number(const char *text, uint64_t limit, uint64_t *ret_number)
{
	uint64_t number = 0;

	if (text[0] == '\0')
		return -EINVAL;
	for (; *text; text++) {
		uint64_t digit = (uint64_t)(*text - '0');

		if (*text < '0' || *text > '9')
			return -EINVAL;
		if (number > (UINT64_MAX - digit) / 10)
			return -ERANGE;
		number = number * 10 + digit;
	}
	if (number > limit)
		return -ERANGE;
	*ret_number = number;
	return 0;
}

static bool is_dots(const char *component, size_t length)
{
	return (length == 1 && component[0] == '.') || (length == 2 && component[0] == '.' && component[1] == '.');
}

bool vs_text_is_plain_path(const char *path)
{
	if (path[0] != '/')
		return false;
	while (*path) {
		size_t length = strcspn(path, "/");

		if (is_dots(path, length))
			return false;
		path += length;
		path += *path == '/';
	}
	return true;
}

static bool is_lower_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool is_letter_or_digit(char c)
{
	return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

static bool is_made_of(const char *text, size_t limit, bool (*is_first)(char), const char *others)
{
	size_t length = strnlen(text, limit + 1);

	if (length == 0 || length > limit || !is_first(text[0]))
		return false;
	for (size_t i = 1; i < length; i++)
		if (!is_first(text[i]) && !strchr(others, text[i]))
			return false;
	return true;
}

bool vs_text_is_name(const char *text)
{
	return is_made_of(text, 63, is_lower_or_digit, "_.-");
}

bool vs_text_is_store_id(const char *text)
{
	return is_made_of(text, 64, is_letter_or_digit, "_.-");
}

bool vs_text_is_hostname(const char *text)
{
	return is_made_of(text, 64, is_letter_or_digit, ".-");
}

const char *vs_text_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}
