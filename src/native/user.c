#include "user.h"

#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX (1024 * 1024)
#define ID_MAX (UINT32_MAX - 1)

/* A line's part between colons. */
struct field {
	const char *text;
	size_t length;
};

/* Splits one line at its colons; returns how many fields it has, at most count of which are written. */
static size_t line_split(const char *line, size_t length, struct field *fields, size_t count)
{
	size_t found = 0;
	const char *end = line + length;

	for (;;) {
		const char *colon = memchr(line, ':', (size_t)(end - line));
		const char *stop = colon ? colon : end;

		if (found < count)
			fields[found] = (struct field){ .text = line, .length = (size_t)(stop - line) };
		found++;
		if (!colon)
			return found;
		line = colon + 1;
	}
}

static bool field_copy(const struct field *field, char *to, size_t size)
{
	if (field->length >= size)
		return false;
	memcpy(to, field->text, field->length);
	to[field->length] = '\0';
	return true;
}

static bool field_number(const struct field *field, uint32_t *ret_number)
{
	char digits[12];
	uint64_t number;

	if (!field_copy(field, digits, sizeof(digits)) || vs_text_number(digits, ID_MAX, &number) < 0)
		return false;
	*ret_number = (uint32_t)number;
	return true;
}

static bool field_is(const struct field *field, const char *text)
{
	return strlen(text) == field->length && memcmp(field->text, text, field->length) == 0;
}

static bool passwd_line(const struct field *fields, const char *who, bool is_number, uint64_t id, struct vs_user *user)
{
	if (!field_number(&fields[2], &user->id) || !field_number(&fields[3], &user->group))
		return false;
	if (!field_is(&fields[0], who) && !(is_number && user->id == id))
		return false;
	return field_copy(&fields[0], user->name, sizeof(user->name)) &&
	       field_copy(&fields[5], user->home, sizeof(user->home)) &&
	       field_copy(&fields[6], user->shell, sizeof(user->shell));
}

int vs_user_parse(const char *passwd, const char *who, struct vs_user *ret_user)
{
	struct vs_user user = { .group_count = 0 };
	uint64_t id = 0;
	bool is_number = vs_text_number(who, ID_MAX, &id) == 0;

	while (*passwd) {
		size_t length = strcspn(passwd, "\n");
		struct field fields[7];

		if (line_split(passwd, length, fields, 7) == 7 && passwd_line(fields, who, is_number, id, &user)) {
			*ret_user = user;
			return 0;
		}
		passwd += length + (passwd[length] == '\n');
	}
	return -ENOENT;
}

static bool list_has(const struct field *list, const char *name)
{
	size_t length = strlen(name);
	const char *end = list->text + list->length;

	for (const char *text = list->text; text < end; ) {
		const char *comma = memchr(text, ',', (size_t)(end - text));
		const char *stop = comma ? comma : end;

		if ((size_t)(stop - text) == length && memcmp(text, name, length) == 0)
			return true;
		text = stop + 1;
	}
	return false;
}

void vs_user_parse_groups(const char *group, struct vs_user *user)
{
	while (*group && user->group_count < VS_USER_GROUPS) {
		size_t length = strcspn(group, "\n");
		struct field fields[4];
		uint32_t id;

		if (line_split(group, length, fields, 4) == 4 && field_number(&fields[2], &id) &&
		    id != user->group && list_has(&fields[3], user->name))
			user->groups[user->group_count++] = id;
		group += length + (group[length] == '\n');
	}
}

/* NULL when it can't be had: a guest needs no passwd. Never waits on a fifo, never leaves the guest by /proc links. */
static char *read_text(const char *path)
{
	struct stat status;
	char *text;
	cleanup_close int fd = vs_openat2(AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0, RESOLVE_NO_MAGICLINKS);

	if (fd < 0 || fstat(fd, &status) < 0 || !S_ISREG(status.st_mode) || status.st_size > FILE_MAX)
		return NULL;
	text = malloc(FILE_MAX + 1);
	if (text && vs_file_read_fd(fd, text, FILE_MAX + 1) < 0)
		vs_free(&text);
	return text;
}

/* What a user without an entry is: root, or a bare number. */
static int user_unknown(const char *who, struct vs_user *user, struct vs_error *error)
{
	uint64_t id;

	*user = (struct vs_user){ .home = "/", .shell = "/bin/sh" };
	if (vs_text_number(who, ID_MAX, &id) < 0 && strcmp(who, "root") != 0)
		return vs_fail(error, "UserNotFound", ENOENT, "passwd", who);
	if (strcmp(who, "root") == 0 || id == 0) {
		snprintf(user->name, sizeof(user->name), "root");
		snprintf(user->home, sizeof(user->home), "/root");
		return 0;
	}
	user->id = (uid_t)id;
	user->group = (gid_t)id;
	snprintf(user->name, sizeof(user->name), "%u", user->id);
	return 0;
}

int vs_user_find(const char *who, struct vs_user *ret_user, struct vs_error *error)
{
	cleanup_free char *passwd = read_text("/etc/passwd");
	cleanup_free char *group = NULL;

	if (!who)
		who = "0";
	if (!passwd || vs_user_parse(passwd, who, ret_user) < 0)
		return user_unknown(who, ret_user, error);
	if (ret_user->id == 0)
		return 0;
	group = read_text("/etc/group");
	if (group)
		vs_user_parse_groups(group, ret_user);
	return 0;
}
