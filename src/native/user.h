/* Users, as a guest's own /etc/passwd and /etc/group have them. Both are the guest's to write and are not trusted. */
#pragma once

#include "error.h"

#include <stddef.h>
#include <sys/types.h>

#define VS_USER_GROUPS 256

struct vs_user {
	uid_t id;
	gid_t group;
	char name[64];
	char home[256];
	char shell[256];
	gid_t groups[VS_USER_GROUPS];
	size_t group_count;
};

/*
 * Looks "who" (a name or a number; NULL for root) up from inside the guest. A number nobody has is used as it is, for
 * user and group; root needs no entry; a name nobody has is UserNotFound.
 */
int vs_user_find(const char *who, struct vs_user *ret_user, struct vs_error *error);

/* The two parsers. Text is NUL-terminated; lines that aren't as they should be are passed over. -ENOENT: no such user. */
int vs_user_parse(const char *passwd, const char *who, struct vs_user *ret_user);
void vs_user_parse_groups(const char *group, struct vs_user *user);
