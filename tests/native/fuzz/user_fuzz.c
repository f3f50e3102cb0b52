/* A guest's passwd and group: two texts with a NUL between them, after the name that is looked for. */
#include "fuzz.h"

#include "user.h"

static void user_check(const struct vs_user *user)
{
	FUZZ_CHECK(memchr(user->name, '\0', sizeof(user->name)));
	FUZZ_CHECK(memchr(user->home, '\0', sizeof(user->home)));
	FUZZ_CHECK(memchr(user->shell, '\0', sizeof(user->shell)));
	/* The last id means "none" to the kernel: becoming it would change nothing. */
	FUZZ_CHECK(user->id != UINT32_MAX && user->group != UINT32_MAX);
	FUZZ_CHECK(user->group_count <= VS_USER_GROUPS);
	for (size_t i = 0; i < user->group_count; i++)
		FUZZ_CHECK(user->groups[i] != UINT32_MAX && user->groups[i] != user->group);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct vs_user user;
	/* Each text in memory of its own. */
	char *who = fuzz_copy(bytes, length, 3);
	const uint8_t *rest = bytes + (strlen(who) < length ? strlen(who) + 1 : length);
	char *passwd = fuzz_copy(rest, (size_t)(bytes + length - rest), 1);
	const uint8_t *last = rest + (strlen(passwd) < (size_t)(bytes + length - rest) ? strlen(passwd) + 1 : 0);
	char *group = fuzz_copy(last, (size_t)(bytes + length - last), 1);

	if (vs_user_parse(passwd, who, &user) == 0) {
		user_check(&user);
		vs_user_parse_groups(group, &user);
		user_check(&user);
	}
	free(who);
	free(passwd);
	free(group);
	return 0;
}
