/* Small files and folders of the host's own: /proc, /sys/fs/cgroup, the run-time folder. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* Reads a whole file into buffer, NUL-terminated; -EFBIG when it does not fit. Returns its length. */
ssize_t vs_file_read(int directory, const char *path, char *buffer, size_t size);

/* As vs_file_read from an open descriptor. */
ssize_t vs_file_read_fd(int fd, char *buffer, size_t size);

/* Writes text in one write to a file that exists. */
int vs_file_write(int directory, const char *path, const char *text);

/* As vs_file_write to an open descriptor. */
int vs_file_write_fd(int fd, const char *text);

/* Makes the file anew: a temporary beside it is written and renamed over it. */
int vs_file_replace(int directory, const char *name, const char *text, size_t length);

/* Opens a folder, made with its missing parents (0700) when make is set. Links in the path are the host's and followed. */
int vs_folder_open(const char *path, int make);

/* True when the directory has no entry but "." and ".."; negative errno when it can't be read. */
int vs_folder_is_empty(int directory, const char *name);
