#include "trash.h"

#include "cleanup.h"
#include "kernel.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int throw_in(struct vs_trash *trash, int directory, const char *name, struct vs_error *error)
{
	char place[24];
	int r;

	/* Numbers may be taken by an interrupted run; NOREPLACE keeps an empty folder of it from being lost. */
	do {
		snprintf(place, sizeof(place), "t%llu", (unsigned long long)trash->next++);
		r = vs_rename_new(directory, name, trash->folder, place);
	} while (r == -EEXIST);
	return r < 0 ? vs_fail(error, "SettleFailed", r, "renameat2", name) : 0;
}

int vs_trash_remove(struct vs_trash *trash, int directory, const char *name, struct vs_error *error)
{
	if (unlinkat(directory, name, 0) == 0) {
		trash->removed++;
		return 0;
	}
	if (errno == ENOENT)
		return 0;
	if (errno != EISDIR)
		return vs_fail(error, "SettleFailed", errno, "unlinkat", name);
	return throw_in(trash, directory, name, error);
}

static bool is_dots(const char *name)
{
	return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* One pass over a folder; entries that a pass misses because others went keep the final rmdir from working. */
static int flatten(struct vs_trash *trash, DIR *entries, struct vs_error *error)
{
	struct dirent *entry;
	int r;

	rewinddir(entries);
	for (errno = 0; (entry = readdir(entries)); errno = 0) {
		if (is_dots(entry->d_name))
			continue;
		r = vs_trash_remove(trash, dirfd(entries), entry->d_name, error);
		if (r < 0)
			return r;
	}
	return errno ? vs_fail(error, "SettleFailed", errno, "getdents", "") : 0;
}

static int folder_delete(struct vs_trash *trash, const char *name, struct vs_error *error)
{
	cleanup_closedir DIR *entries = NULL;
	cleanup_close int fd = vs_openat2(trash->folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, VS_BENEATH);

	if (fd < 0)
		return vs_fail(error, "SettleFailed", fd, "openat2", name);
	entries = fdopendir(fd);
	if (!entries)
		return vs_fail(error, "SettleFailed", errno, "fdopendir", name);
	vs_take(&fd);
	for (;;) {
		int r = flatten(trash, entries, error);

		if (r < 0)
			return r;
		if (unlinkat(trash->folder, name, AT_REMOVEDIR) == 0) {
			trash->removed++;
			return 0;
		}
		if (errno != ENOTEMPTY)
			return vs_fail(error, "SettleFailed", errno, "rmdir", name);
	}
}

static int entry_delete(struct vs_trash *trash, const char *name, struct vs_error *error)
{
	if (unlinkat(trash->folder, name, 0) == 0) {
		trash->removed++;
		return 0;
	}
	if (errno != EISDIR)
		return vs_fail(error, "SettleFailed", errno, "unlinkat", name);
	return folder_delete(trash, name, error);
}

/* 1 when something was deleted: then there may be more. */
static int pass(struct vs_trash *trash, DIR *entries, struct vs_error *error)
{
	struct dirent *entry;
	int found = 0;

	rewinddir(entries);
	for (errno = 0; (entry = readdir(entries)); errno = 0) {
		int r;

		if (entry->d_name[0] != 't')
			continue;
		r = entry_delete(trash, entry->d_name, error);
		if (r < 0)
			return r;
		found = 1;
	}
	return errno ? vs_fail(error, "SettleFailed", errno, "getdents", "") : found;
}

int vs_trash_empty(struct vs_trash *trash, struct vs_error *error)
{
	cleanup_closedir DIR *entries = NULL;
	cleanup_close int fd = openat(trash->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int r;

	if (fd < 0)
		return vs_fail(error, "SettleFailed", errno, "open", ".");
	entries = fdopendir(fd);
	if (!entries)
		return vs_fail(error, "SettleFailed", errno, "fdopendir", ".");
	vs_take(&fd);
	do
		r = pass(trash, entries, error);
	while (r > 0);
	return r;
}
