#include "program.h"

#include "channel.h"
#include "cleanup.h"
#include "kernel.h"
#include "terminal.h"
#include "user.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* Environment we may add to what was asked for. */
#define DEFAULTS 8

int vs_program_read(const struct vs_request *request, struct vs_program *ret_program, struct vs_error *error)
{
	struct vs_program program = { .user = vs_request_text(request, "user") };
	int r = vs_request_path(request, "cwd", &program.folder, error);

	if (r >= 0)
		r = vs_request_list(request, "arg", &program.arguments, error);
	if (r >= 0)
		r = vs_request_list(request, "env", &program.environment, error);
	for (char **text = program.environment; r >= 0 && *text; text++)
		if (!strchr(*text, '=') || **text == '=')
			r = vs_fail_detail(error, "BadRequest", EINVAL, "request", "env", "not NAME=VALUE");
	if (r >= 0 && program.arguments[0] && program.arguments[0][0] == '\0')
		r = vs_fail_detail(error, "BadRequest", EINVAL, "request", "arg", "empty program");
	if (r < 0) {
		vs_program_free(&program);
		return r;
	}
	*ret_program = program;
	return 0;
}

void vs_program_free(struct vs_program *program)
{
	vs_free(&program->arguments);
	vs_free(&program->environment);
}

void vs_program_reset_signals(void)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int become(const struct vs_user *user, struct vs_error *error)
{
	if (setgroups(user->group_count, user->groups) < 0)
		return vs_fail(error, "UserFailed", errno, "setgroups", user->name);
	if (setresgid(user->group, user->group, user->group) < 0)
		return vs_fail(error, "UserFailed", errno, "setresgid", user->name);
	if (setresuid(user->id, user->id, user->id) < 0)
		return vs_fail(error, "UserFailed", errno, "setresuid", user->name);
	vs_conceal();
	return 0;
}

/* A folder reached through a link of /proc could be the host's: the descriptors we still hold, say (CVE-2024-21626). */
static int enter(const char *folder)
{
	char where[PATH_MAX];
	cleanup_close int fd = vs_openat2(AT_FDCWD, folder, O_PATH | O_DIRECTORY, 0, RESOLVE_NO_MAGICLINKS);

	if (fd < 0)
		return fd;
	if (fchdir(fd) < 0)
		return -errno;
	/* The kernel says "(unreachable)" of a folder that isn't below our root. */
	if (!getcwd(where, sizeof(where)))
		return -errno;
	return where[0] == '/' ? 0 : -EXDEV;
}

static int folder_enter(const struct vs_program *program, const struct vs_user *user, struct vs_error *error)
{
	int r;

	if (program->folder) {
		r = enter(program->folder);
		return r < 0 ? vs_fail(error, "FolderFailed", r, "chdir", program->folder) : 0;
	}
	if (enter(user->home) >= 0)
		return 0;
	r = enter("/");
	return r < 0 ? vs_fail(error, "FolderFailed", r, "chdir", "/") : 0;
}

static bool is_given(char *const *environment, const char *pair)
{
	size_t length = strcspn(pair, "=") + 1;

	for (; *environment; environment++)
		if (strncmp(*environment, pair, length) == 0)
			return true;
	return false;
}

static void add(char **environment, size_t *count, char *pair)
{
	environment[*count] = NULL;
	if (!is_given(environment, pair))
		environment[(*count)++] = pair;
	environment[*count] = NULL;
}

/* The lifetime of all this is that of the process: it ends with exec. */
static char **environment_make(const struct vs_program *program, const struct vs_user *user)
{
	static char path[] = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
	static char container[] = "container=vserver";
	static char term[] = "TERM=xterm";
	static char texts[4][sizeof(user->home) + 8];
	char **environment;
	size_t count = 0;

	while (program->environment[count])
		count++;
	environment = calloc(count + DEFAULTS, sizeof(*environment));
	if (!environment)
		return NULL;
	memcpy(environment, program->environment, count * sizeof(*environment));
	snprintf(texts[0], sizeof(texts[0]), "HOME=%s", user->home);
	snprintf(texts[1], sizeof(texts[1]), "USER=%s", user->name);
	snprintf(texts[2], sizeof(texts[2]), "LOGNAME=%s", user->name);
	snprintf(texts[3], sizeof(texts[3]), "SHELL=%s", user->shell[0] ? user->shell : "/bin/sh");
	for (size_t i = 0; i < 4; i++)
		add(environment, &count, texts[i]);
	add(environment, &count, path);
	add(environment, &count, container);
	if (program->terminal)
		add(environment, &count, term);
	return environment;
}

/* Programs that use select() break with more; the hard limit stays for those that ask. */
static void limits_reset(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_max > 1024) {
		files.rlim_cur = 1024;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

int vs_program_run(const struct vs_program *program, int channel, struct vs_error *error)
{
	static struct vs_user user;
	char **environment;
	int r = vs_user_find(program->user, &user, error);

	if (r >= 0)
		r = become(&user, error);
	if (r >= 0 && program->terminal)
		r = vs_terminal_take(channel, error);
	if (r >= 0)
		r = folder_enter(program, &user, error);
	if (r < 0)
		return r;
	environment = environment_make(program, &user);
	if (!environment)
		return vs_fail(error, "Internal", ENOMEM, "calloc", "environment");
	umask(022);
	limits_reset();
	vs_program_reset_signals();
	vs_channel_say(channel, VS_WORD_GOING, NULL, 0);
	environ = environment;
	execvp(program->arguments[0], program->arguments);
	return vs_fail(error, errno == ENOENT ? "ProgramNotFound" : "ProgramFailed", errno, "execve", program->arguments[0]);
}
