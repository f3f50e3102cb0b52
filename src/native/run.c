#include "run.h"

#include "cleanup.h"
#include "file.h"
#include "idmap.h"
#include "process.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* The store's id and the guest's name are read off the path: they name the cgroup, too. */
static int names_read(const char *path, struct vs_run *run)
{
	const char *name = vs_text_base(path);
	const char *store = name - 1;

	while (store > path && store[-1] != '/')
		store--;
	if (name == path || (size_t)(name - store) > sizeof(run->store))
		return -EINVAL;
	memcpy(run->store, store, (size_t)(name - store) - 1);
	run->store[name - store - 1] = '\0';
	if (!vs_text_is_name(name) || !vs_text_is_store_id(run->store))
		return -EINVAL;
	snprintf(run->name, sizeof(run->name), "%s", name);
	return 0;
}

int vs_run_open(const char *path, bool make, struct vs_run *ret_run, struct vs_error *error)
{
	struct vs_run run = VS_RUN_NONE;

	if (names_read(path, &run) < 0)
		return vs_fail_detail(error, "BadRequest", EINVAL, "request", "run", "not /.../STORE-ID/NAME");
	run.folder = vs_folder_open(path, make);
	if (run.folder == -ENOENT)
		return vs_fail(error, "NotRunning", ENOENT, "open", path);
	if (run.folder < 0)
		return vs_fail(error, "RunFolderFailed", run.folder, "open", path);
	*ret_run = run;
	return 0;
}

static int lock_refused(const struct vs_run *run, struct vs_error *error)
{
	cleanup_state struct vs_state state = { NULL };
	cleanup_close int monitor = -1;
	cleanup_close int init = -1;
	bool runs;

	if (vs_state_read(run, &state) >= 0) {
		monitor = vs_state_process(&state, "monitor");
		init = vs_state_process(&state, "init");
	}
	/* A monitor without a guest settles, or starts it again. */
	runs = monitor >= 0 && init >= 0;
	return vs_fail(error, runs ? "AlreadyRunning" : "Busy", EWOULDBLOCK, "flock", run->name);
}

int vs_run_lock(struct vs_run *run, int milliseconds, struct vs_error *error)
{
	int64_t deadline = vs_clock_milliseconds() + milliseconds;
	cleanup_close int fd = openat(run->folder, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return vs_fail(error, "RunFolderFailed", errno, "open", "lock");
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return vs_fail(error, "RunFolderFailed", errno, "flock", "lock");
		if (vs_clock_milliseconds() >= deadline)
			return lock_refused(run, error);
		poll(NULL, 0, 1);
	}
	run->lock = vs_take(&fd);
	return 0;
}

int vs_run_lock_ids(struct vs_run *run, uint32_t base, struct vs_error *error)
{
	/* A range of a file that is empty for ever, beside the folders of all stores: the kernel tells which overlap. */
	struct flock block = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = base, .l_len = VS_ID_COUNT };
	char first[16];
	cleanup_close int fd = openat(run->folder, "../../ids", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return vs_fail(error, "RunFolderFailed", errno, "open", "ids");
	if (fcntl(fd, F_OFD_SETLK, &block) < 0) {
		snprintf(first, sizeof(first), "%u", base);
		return vs_fail(error, errno == EAGAIN || errno == EACCES ? "IdsTaken" : "RunFolderFailed", errno, "fcntl", first);
	}
	run->ids = vs_take(&fd);
	return 0;
}

void vs_run_close(struct vs_run *run)
{
	vs_close(&run->ids);
	vs_close(&run->lock);
	vs_close(&run->folder);
}

void vs_run_clear(const struct vs_run *run)
{
	unlinkat(run->folder, "control", 0);
	unlinkat(run->folder, "state", 0);
	unlinkat(run->folder, "nice", 0);
}

static int octal(const char *digits)
{
	int value = 0;

	for (int i = 0; i < 3; i++) {
		if (digits[i] < '0' || digits[i] > '7')
			return -EINVAL;
		value = value * 8 + (digits[i] - '0');
	}
	return value & 0xff;
}

void vs_state_decode(char *text, size_t length)
{
	char *to = text;

	for (const char *from = text; from < text + length; from++) {
		int byte = *from == '\\' ? octal(from + 1) : -EINVAL;

		if (byte > 0) {
			*to++ = (char)byte;
			from += 3;
		} else {
			*to++ = *from == '\n' ? '\0' : *from;
		}
	}
	to[0] = '\0';
	to[1] = '\0';
}

int vs_state_read(const struct vs_run *run, struct vs_state *ret_state)
{
	const size_t size = 64 * 1024;
	cleanup_free char *text = malloc(size + 1);
	ssize_t length;

	if (!text)
		return -ENOMEM;
	length = vs_file_read(run->folder, "state", text, size);
	if (length < 0)
		return (int)length;
	vs_state_decode(text, (size_t)length);
	ret_state->text = text;
	text = NULL;
	return 0;
}

void vs_state_free(struct vs_state *state)
{
	vs_free(&state->text);
}

const char *vs_state_text(const struct vs_state *state, const char *key)
{
	size_t length = strlen(key);

	for (const char *line = state->text; *line; line += strlen(line) + 1)
		if (strncmp(line, key, length) == 0 && line[length] == '=')
			return line + length + 1;
	return NULL;
}

int vs_state_number(const struct vs_state *state, const char *key, uint64_t *ret_number)
{
	const char *text = vs_state_text(state, key);

	return text ? vs_text_number(text, UINT64_MAX, ret_number) : -ENOENT;
}

int vs_state_process(const struct vs_state *state, const char *key)
{
	char start_key[32];
	uint64_t pid, ticks;

	snprintf(start_key, sizeof(start_key), "%s-start", key);
	if (vs_state_number(state, key, &pid) < 0 || vs_state_number(state, start_key, &ticks) < 0 || pid > INT_MAX)
		return -ESRCH;
	return vs_process_open((pid_t)pid, ticks);
}

bool vs_state_add(char *text, size_t size, const char *key, const char *value)
{
	size_t length = strlen(text);

	length += (size_t)snprintf(text + length, size - length, "%s=", key);
	for (; *value && length + 5 < size; value++) {
		if (*value == '\n' || *value == '\\')
			length += (size_t)snprintf(text + length, size - length, "\\%03o", (unsigned int)*value);
		else
			text[length++] = *value;
	}
	if (*value || length + 2 > size)
		return false;
	text[length++] = '\n';
	text[length] = '\0';
	return true;
}

bool vs_state_add_number(char *text, size_t size, const char *key, uint64_t value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);
	return vs_state_add(text, size, key, digits);
}
