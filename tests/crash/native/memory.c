#include "memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

/* A read never crosses a page that may be missing. */
#define PAGE 4096

bool memory_read(pid_t thread, uint64_t address, void *buffer, size_t length)
{
	struct iovec here = { buffer, length }, there = { (void *)(uintptr_t)address, length };

	return process_vm_readv(thread, &here, 1, &there, 1, 0) == (ssize_t)length;
}

static bool read_text(pid_t thread, uint64_t address, char *ret_text, size_t room)
{
	size_t length = 0;

	while (length < room - 1) {
		uint64_t at = address + length;
		size_t part = PAGE - (size_t)(at % PAGE);

		if (part > room - 1 - length)
			part = room - 1 - length;
		if (!memory_read(thread, at, ret_text + length, part))
			return false;
		if (memchr(ret_text + length, 0, part))
			return true;
		length += part;
	}
	return false;
}

static bool read_link(pid_t thread, int descriptor, char *ret_path, size_t room)
{
	char link[64];
	ssize_t length;

	if (descriptor == AT_FDCWD)
		snprintf(link, sizeof(link), "/proc/%d/cwd", (int)thread);
	else
		snprintf(link, sizeof(link), "/proc/%d/fd/%d", (int)thread, descriptor);
	length = readlink(link, ret_path, room - 1);
	if (length < 0)
		return false;
	ret_path[length] = 0;
	return true;
}

bool memory_path(pid_t thread, int folder, uint64_t address, char *ret_path, size_t room)
{
	static const char own[] = "/proc/self/fd/";
	char name[4096] = "";
	size_t length;

	if (address && !read_text(thread, address, name, sizeof(name)))
		return false;
	if (!strncmp(name, own, sizeof(own) - 1))
		return read_link(thread, atoi(name + sizeof(own) - 1), ret_path, room);
	if (name[0] == '/')
		return snprintf(ret_path, room, "%s", name) < (int)room;
	if (!read_link(thread, folder, ret_path, room))
		return false;
	length = strlen(ret_path);
	return !name[0] || snprintf(ret_path + length, room - length, "/%s", name) < (int)(room - length);
}
