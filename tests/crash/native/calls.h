/* Which system calls change what is on disk, and what each is about to be done to. */
#pragma once

#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define PATH_ROOM 8192
#define CALL_FILTER_ROOM 128

struct call {
	const char *name;
	/* It may need space on the disk: a full one fails it and no other. */
	bool allocates;
	char path[PATH_ROOM];
};

/* Fills a seccomp program that stops at those calls, and gives its length. */
size_t calls_filter(struct sock_filter *program);

/* False when this call, at whose beginning the thread stands, changes nothing by name or descriptor. */
bool calls_read(pid_t thread, struct call *ret_call);

/* Lets the call not happen and return -error. */
int calls_fail(pid_t thread, int error);
