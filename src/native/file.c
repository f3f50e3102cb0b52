#include "file.h"

#include "cleanup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

ssize_t vs_file_read_fd(int fd, char *buffer, size_t size)
{
	size_t length = 0;

	for (;;) {
		ssize_t got = read(fd, buffer + length, size - length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			break;
		length += (size_t)got;
		if (length == size)
			return -EFBIG;
	}
	buffer[length] = '\0';
	return (ssize_t)length;
}

ssize_t vs_file_read(int directory, const char *path, char *buffer, size_t size)
{
	cleanup_close int fd = openat(directory, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);

	if (fd < 0)
		return -errno;
	return vs_file_read_fd(fd, buffer, size);
}

int vs_file_write_fd(int fd, const char *text)
{
	size_t length = strlen(text);
	ssize_t written = write(fd, text, length);

	if (written < 0)
		return -errno;
	return (size_t)written == length ? 0 : -EIO;
}

int vs_file_write(int directory, const char *path, const char *text)
{
	cleanup_close int fd = openat(directory, path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);

	return fd < 0 ? -errno : vs_file_write_fd(fd, text);
}

static int temporary_write(int directory, const char *name, const char *text, size_t length)
{
	cleanup_close int fd = openat(directory, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	ssize_t written;

	if (fd < 0)
		return -errno;
	written = write(fd, text, length);
	if (written < 0)
		return -errno;
	return (size_t)written == length ? 0 : -ENOSPC;
}

int vs_file_replace(int directory, const char *name, const char *text, size_t length)
{
	char temporary[NAME_MAX + 1];
	int r;

	snprintf(temporary, sizeof(temporary), "%s.new", name);
	r = temporary_write(directory, temporary, text, length);
	if (r >= 0 && renameat(directory, temporary, directory, name) < 0)
		r = -errno;
	if (r < 0)
		unlinkat(directory, temporary, 0);
	return r;
}

static int parents_make(const char *path)
{
	char parent[PATH_MAX];

	for (size_t i = 1; path[i]; i++) {
		if (path[i] != '/')
			continue;
		if (i >= sizeof(parent))
			return -ENAMETOOLONG;
		memcpy(parent, path, i);
		parent[i] = '\0';
		if (mkdir(parent, 0700) < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

int vs_folder_open(const char *path, int make)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 && errno == ENOENT && make) {
		int r = parents_make(path);

		if (r < 0)
			return r;
		if (mkdir(path, 0700) < 0 && errno != EEXIST)
			return -errno;
		fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	}
	return fd < 0 ? -errno : fd;
}

int vs_folder_is_empty(int directory, const char *name)
{
	cleanup_closedir DIR *entries = NULL;
	cleanup_close int fd = openat(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return -errno;
	entries = fdopendir(fd);
	if (!entries)
		return -errno;
	vs_take(&fd);
	for (;;) {
		struct dirent *entry;

		errno = 0;
		entry = readdir(entries);
		if (!entry)
			return errno ? -errno : 1;
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			return 0;
	}
}
