#include "cgroup.h"

#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static int open_as_v2(const char *path)
{
	struct statfs status;
	cleanup_close int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return -errno;
	if (fstatfs(fd, &status) < 0 || status.f_type != CGROUP2_SUPER_MAGIC)
		return -ENOENT;
	return vs_take(&fd);
}

/* The only version on most hosts; beside version 1 on "hybrid" ones. */
int vs_cgroup_top(void)
{
	int fd = open_as_v2("/sys/fs/cgroup");

	return fd >= 0 ? fd : open_as_v2("/sys/fs/cgroup/unified");
}

static int folder_in(int parent, const char *name, bool make)
{
	if (make && mkdirat(parent, name, 0755) < 0 && errno != EEXIST)
		return -errno;
	return vs_openat2(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, VS_BENEATH);
}

static int guest_folder(int top, const struct vs_run *run, bool make)
{
	cleanup_close int ours = folder_in(top, "vserver", make);
	cleanup_close int store = ours < 0 ? ours : folder_in(ours, run->store, make);

	return store < 0 ? store : folder_in(store, run->name, make);
}

int vs_cgroup_open(const struct vs_run *run, bool make, struct vs_cgroup *ret_cgroup, struct vs_error *error)
{
	cleanup_close int top = vs_cgroup_top();
	int folder;

	if (top < 0)
		return 0;
	/* Another guest's end may remove the empty parents between our steps. */
	for (int tries = 0; tries < 100; tries++) {
		folder = guest_folder(top, run, make);
		if (folder != -ENOENT || !make)
			break;
	}
	if (folder == -ENOENT || folder == -EROFS)
		return 0;
	if (folder < 0)
		return vs_fail(error, "CgroupFailed", folder, "mkdirat", run->name);
	ret_cgroup->folder = folder;
	ret_cgroup->top = vs_take(&top);
	return 0;
}

void vs_cgroup_close(struct vs_cgroup *cgroup)
{
	vs_close(&cgroup->folder);
	vs_close(&cgroup->top);
}

void vs_cgroup_kill(const struct vs_cgroup *cgroup)
{
	if (cgroup->folder >= 0)
		vs_file_write(cgroup->folder, "cgroup.kill", "1");
}

int vs_cgroup_remove(struct vs_cgroup *cgroup, const struct vs_run *run, struct vs_error *error)
{
	int64_t deadline = vs_clock_milliseconds() + 2000;
	char path[160];
	int r;

	if (cgroup->folder < 0)
		return 0;
	vs_close(&cgroup->folder);
	snprintf(path, sizeof(path), "vserver/%s/%s", run->store, run->name);
	while ((r = unlinkat(cgroup->top, path, AT_REMOVEDIR)) < 0 && errno == EBUSY && vs_clock_milliseconds() < deadline)
		poll(NULL, 0, 1);
	if (r < 0 && errno != ENOENT)
		return vs_fail(error, "CgroupFailed", errno, "rmdir", path);
	snprintf(path, sizeof(path), "vserver/%s", run->store);
	if (unlinkat(cgroup->top, path, AT_REMOVEDIR) == 0)
		unlinkat(cgroup->top, "vserver", AT_REMOVEDIR);
	return 0;
}
