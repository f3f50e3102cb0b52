/*
 * vserver-helper: the few things for guests that no multi-threaded program can do. docs/design/protocol.md says how it
 * is spoken to. Only this file exits.
 */
#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "report.h"
#include "seal.h"
#include "verbs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define REQUEST 3
#define REPORT 4

static const struct vs_verb *const verbs[] = {
	&vs_verb_start, &vs_verb_exec, &vs_verb_stop, &vs_verb_suspend,
	&vs_verb_resume, &vs_verb_wait, &vs_verb_settle, &vs_verb_probe,
	&vs_verb_inspect, &vs_verb_limit,
};

static const struct vs_verb *verb_find(const char *name)
{
	for (size_t i = 0; name && i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (strcmp(verbs[i]->name, name) == 0)
			return verbs[i];
	return NULL;
}

/* A closed 0, 1 or 2 would be taken by the next thing opened, and a guest's output would go there. */
static bool descriptors_check(void)
{
	if (fcntl(REQUEST, F_GETFD) < 0 || fcntl(REPORT, F_GETFD) < 0)
		return false;
	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR | O_NOCTTY) != fd)
			return false;
	return vs_close_from(REPORT + 1) >= 0;
}

/* A folder would be a way out: whoever has it can walk up from there, and no change of root ends that. */
static int stdio_check(struct vs_error *error)
{
	static const char *const names[] = { "stdin", "stdout", "stderr" };
	struct stat status;

	for (int fd = 0; fd < 3; fd++)
		if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode))
			return vs_fail(error, "StdioUnsafe", EISDIR, "fstat", names[fd]);
	return 0;
}

/*
 * What crosses into guests by inheritance. A core that the host's core_pattern gives to a program would be read by the
 * host's root; 1 is the limit at which the kernel starts none. And a caller that the kernel spares when memory runs
 * out, as it does many daemons, must not have guests spared: what a privileged process writes is the least its children can set.
 */
static void inheritance_limit(void)
{
	const struct rlimit cores = { .rlim_cur = 1, .rlim_max = 1 };
	cleanup_close int file = open("/proc/self/oom_score_adj", O_RDWR | O_CLOEXEC);
	char score[16];

	setrlimit(RLIMIT_CORE, &cores);
	/* Where reading has come to is of no matter: the kernel looks at no offset of this file. */
	if (file >= 0 && vs_file_read_fd(file, score, sizeof(score)) > 0)
		vs_file_write_fd(file, score[0] == '-' ? "0" : score);
}

static void process_prepare(void)
{
	struct rlimit files;

	fcntl(REQUEST, F_SETFD, FD_CLOEXEC);
	fcntl(REPORT, F_SETFD, FD_CLOEXEC);
	vs_conceal();
	prctl(PR_SET_NAME, "vserver-helper");
	inheritance_limit();
	signal(SIGPIPE, SIG_IGN);
	umask(022);
	/* Settling a deep tree holds three descriptors a level. */
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

static int verb_run(const char *name, struct vs_error *error)
{
	const struct vs_verb *verb = verb_find(name);
	struct vs_request request;
	int r;

	if (!verb)
		return vs_fail(error, "BadRequest", EINVAL, "verb", name);
	if (geteuid() != 0)
		return vs_fail(error, "NotRoot", EPERM, "geteuid", name);
	r = stdio_check(error);
	if (r >= 0)
		r = vs_request_read(REQUEST, verb->keys, &request, error);
	if (r < 0)
		return r;
	close(REQUEST);
	r = verb->run(&request, REPORT, error);
	vs_request_free(&request);
	return r;
}

int main(int argc, char **argv)
{
	static const char usage[] = "vserver-helper is started by VServer, with a request on descriptor 3 and a report on 4.\n";
	struct vs_error error = { .id = "" };
	int r;

	if (!descriptors_check()) {
		if (write(2, usage, sizeof(usage) - 1) < 0)
			return 3;
		return 2;
	}
	r = vs_seal_enter(argc == 2 ? argv[1] : NULL, &error);
	if (r >= 0) {
		process_prepare();
		r = verb_run(argc == 2 ? argv[1] : NULL, &error);
	}
	if (r < 0)
		vs_report_error(REPORT, &error);
	vs_report_done(REPORT, r >= 0);
	return r < 0;
}
