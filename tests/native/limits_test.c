#include "check.h"

#include "cleanup.h"
#include "file.h"
#include "limits.h"
#include "requests.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct vs_key keys[] = { VS_LIMITS_KEYS, { NULL, VS_OPTIONAL } };

static int read_text(const char *text, size_t length, struct vs_limits *ret_limits)
{
	struct vs_request request;
	struct vs_error error = { .id = "" };
	int r = parse_request(text, length, keys, &request, &error);

	if (r >= 0) {
		r = vs_limits_read(&request, ret_limits, &error);
		vs_request_free(&request);
	}
	CHECK(r >= 0 || strcmp(error.id, "BadRequest") == 0);
	return r;
}

#define READ(text, limits) read_text(text, sizeof(text), limits)

static void test_all(void)
{
	struct vs_limits limits = { 0 };

	CHECK(READ("memory-max=1048576\0pids-max=10\0cpu-max=1500\0io-weight=1000\0nice=-20", &limits) == 0);
	CHECK(limits.memory_max == 1048576 && limits.pids_max == 10 && limits.cpu_max == 1500);
	CHECK(limits.io_weight == 1000 && limits.nice == -20);
	CHECK(READ("nice=19", &limits) == 0 && limits.nice == 19 && limits.memory_max == 0);
}

static void test_bad_ones(void)
{
	struct vs_limits limits = { 0 };

	CHECK(READ("memory-max=-1", &limits) < 0);
	CHECK(READ("memory-max=9223372036854775808", &limits) < 0);
	CHECK(READ("pids-max=2147483648", &limits) < 0);
	CHECK(READ("cpu-max=9", &limits) < 0);
	CHECK(READ("io-weight=1001", &limits) < 0);
	CHECK(READ("nice=20", &limits) < 0);
	CHECK(READ("nice=-21", &limits) < 0);
	CHECK(READ("nice=--1", &limits) < 0);
	CHECK(READ("nice=-", &limits) < 0);
}

static void test_controller_without_weights(void)
{
	const struct vs_limits none = { 0 }, weight = { .io_weight = 50 };
	char path[] = "/tmp/vserver-limits-XXXXXX";
	cleanup_close int folder = open(mkdtemp(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	CHECK(vs_limits_write(folder, false, VS_IO, &none) == 0);
	CHECK(vs_limits_write(folder, true, VS_IO, &none) == 0);
	CHECK(vs_limits_write(folder, false, VS_IO, &weight) == -ENOENT);
	rmdir(path);
}

/* A guest's folder of version 2 with all controllers, of whose files there are none. */
static void test_new_guest_gets_only_what_is_asked(void)
{
	const struct vs_limits nice = { .nice = 5 };
	const struct vs_run run = VS_RUN_NONE;
	struct vs_cgroup cgroup = VS_CGROUP_NONE;
	struct vs_error error = { .id = "" };
	char path[] = "/tmp/vserver-limits-XXXXXX";

	cgroup.folder = open(mkdtemp(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	CHECK(vs_file_replace(cgroup.folder, "cgroup.controllers", "io memory pids\n", 15) == 0);
	CHECK(vs_limits_begin(&nice, &cgroup, &run, &error) == 0);
	CHECK(vs_file_replace(cgroup.folder, "cgroup.controllers", "cpu\n", 4) == 0);
	CHECK(vs_limits_begin(&nice, &cgroup, &run, &error) < 0 && strcmp(error.target, "cpu-max") == 0);
	unlinkat(cgroup.folder, "cgroup.controllers", 0);
	vs_cgroup_close(&cgroup);
	rmdir(path);
}

int main(void)
{
	test_all();
	test_bad_ones();
	test_controller_without_weights();
	test_new_guest_gets_only_what_is_asked();
	CHECK_END();
}
