#include "verbs.h"

#include "cage.h"
#include "channel.h"
#include "cleanup.h"
#include "events.h"
#include "front.h"
#include "kernel.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* So that a size never overflows anything. */
#define SPACE_MAX (UINT64_C(16) * 1024 * 1024 * 1024)

static const struct vs_key keys[] = {
	{ "name", VS_LIST },	    { "file", VS_LIST },	{ "arg", VS_LIST },
	{ "space", VS_REQUIRED }, { "timeout-ms", VS_REQUIRED }, { NULL, VS_OPTIONAL },
};

struct inspection {
	struct vs_cage cage;
	char **names;
	char **files;
	int limit_ms;
	int signals;
	int report;
};

static void inspection_close(struct inspection *inspection)
{
	for (unsigned int i = 0; i < inspection->cage.count; i++)
		vs_close(&inspection->cage.files[i]);
	vs_close(&inspection->signals);
	vs_free(&inspection->cage.arguments);
	vs_free(&inspection->names);
	vs_free(&inspection->files);
}
#define cleanup_inspection __attribute__((cleanup(inspection_close)))

/* The path is the caller's own, mostly /proc/PID/fd/N: what is behind it is opened anew, for reading alone. */
static int file_open(struct vs_cage *cage, const char *name, const char *path, struct vs_error *error)
{
	struct stat status;
	int fd;

	if (!name[0] || name[0] == '.' || strchr(name, '/') || path[0] != '/' || cage->count == VS_CAGE_FILES)
		return vs_fail(error, "BadRequest", EINVAL, "request", name);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return vs_fail(error, "CopyFailed", errno, "open", path);
	cage->files[cage->count] = fd;
	cage->names[cage->count++] = name;
	if (fstat(fd, &status) < 0 || !S_ISREG(status.st_mode))
		return vs_fail_detail(error, "CopyFailed", EINVAL, "fstat", path, "no regular file");
	return 0;
}

static int files_open(struct inspection *inspection, struct vs_error *error)
{
	size_t i = 0;
	int r = 0;

	for (; r >= 0 && inspection->names[i] && inspection->files[i]; i++)
		r = file_open(&inspection->cage, inspection->names[i], inspection->files[i], error);
	if (r >= 0 && (inspection->names[i] || inspection->files[i]))
		r = vs_fail_detail(error, "BadRequest", EINVAL, "request", "file", "not one for each name");
	return r;
}

static int inspection_read(const struct vs_request *request, struct inspection *inspection, struct vs_error *error)
{
	uint64_t limit = 0;
	int r = vs_request_number(request, "timeout-ms", INT_MAX, 0, &limit, error);

	if (r >= 0)
		r = vs_request_number(request, "space", SPACE_MAX, 0, &inspection->cage.space, error);
	if (r >= 0)
		r = vs_request_list(request, "arg", &inspection->cage.arguments, error);
	if (r >= 0)
		r = vs_request_list(request, "name", &inspection->names, error);
	if (r >= 0)
		r = vs_request_list(request, "file", &inspection->files, error);
	if (r >= 0 && (!inspection->cage.arguments[0] || inspection->cage.arguments[0][0] != '/'))
		r = vs_fail_detail(error, "BadRequest", EINVAL, "request", "arg", "no absolute program");
	inspection->limit_ms = (int)limit;
	return r < 0 ? r : files_open(inspection, error);
}

static int await(const struct inspection *inspection, int pidfd, pid_t pid, int channel, struct vs_error *error)
{
	int status = 0, followed = 1;
	int r = vs_channel_await_program(channel, error);

	if (r >= 0) {
		vs_front_release();
		followed = vs_front_wait(pidfd, -1, inspection->signals, inspection->report,
					 vs_clock_deadline(inspection->limit_ms));
	}
	/* Process 1 of its namespace: with it go all that it has started. */
	if (r < 0 || followed != 1)
		vs_pidfd_signal(pidfd, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (r < 0)
		return r;
	if (followed < 0)
		return vs_fail(error, "Cancelled", ECANCELED, "inspect", inspection->cage.arguments[0]);
	if (followed == 0)
		vs_event_timeout(inspection->report);
	return vs_event_end(inspection->report, status);
}

static int run(const struct inspection *inspection, struct vs_error *error)
{
	cleanup_close int channel = -1;
	cleanup_close int pidfd = -1;
	int ends[2];
	pid_t pid;
	int r = vs_channel_make(ends, error);

	if (r < 0)
		return r;
	channel = ends[0];
	pid = vs_cage_clone(&inspection->cage, ends, &pidfd, error);
	vs_close(&ends[1]);
	return pid < 0 ? pid : await(inspection, pidfd, pid, channel, error);
}

static int run_inspect(const struct vs_request *request, int report, struct vs_error *error)
{
	cleanup_inspection struct inspection inspection = { .report = report, .signals = -1 };
	int r = inspection_read(request, &inspection, error);

	if (r >= 0) {
		inspection.signals = vs_front_signals(error);
		r = inspection.signals;
	}
	return r < 0 ? r : run(&inspection, error);
}

const struct vs_verb vs_verb_inspect = { .name = "inspect", .keys = keys, .run = run_inspect };
