#include "cgroup.h"

#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "process.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static int open_as(const char *path, long type)
{
	struct statfs status;
	cleanup_close int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0)
		return -errno;
	if (fstatfs(fd, &status) < 0 || (long)status.f_type != type)
		return -ENOENT;
	return vs_take(&fd);
}

/* The only version on most hosts; beside version 1 on "hybrid" ones. */
int vs_cgroup_top(void)
{
	int fd = open_as("/sys/fs/cgroup", CGROUP2_SUPER_MAGIC);

	return fd >= 0 ? fd : open_as("/sys/fs/cgroup/unified", CGROUP2_SUPER_MAGIC);
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
	bool is_v1 = top < 0;
	int folder;

	if (is_v1)
		top = open_as("/sys/fs/cgroup/freezer", CGROUP_SUPER_MAGIC);
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
	ret_cgroup->is_v1 = is_v1;
	ret_cgroup->top = vs_take(&top);
	return 0;
}

void vs_cgroup_close(struct vs_cgroup *cgroup)
{
	vs_close(&cgroup->folder);
	vs_close(&cgroup->top);
}

int vs_cgroup_delegate(const struct vs_cgroup *cgroup, uid_t owner, struct vs_error *error)
{
	/* Documentation/admin-guide/cgroup-v2.rst, "Delegation": these and no others. */
	static const char *const files[] = { ".", "cgroup.procs", "cgroup.threads", "cgroup.subtree_control" };
	int r;

	if (cgroup->folder < 0 || cgroup->is_v1)
		return vs_fail_detail(error, "CgroupMissing", ENOTSUP, "open", "cgroup",
				      "no cgroup version 2 is mounted at /sys/fs/cgroup or /sys/fs/cgroup/unified");
	/* Before it can make any: they are removed by recursion. */
	r = vs_file_write(cgroup->folder, "cgroup.max.depth", "8");
	if (r >= 0)
		r = vs_file_write(cgroup->folder, "cgroup.max.descendants", "4096");
	for (size_t i = 0; r >= 0 && i < sizeof(files) / sizeof(files[0]); i++)
		if (fchownat(cgroup->folder, files[i], owner, owner, AT_SYMLINK_NOFOLLOW) < 0)
			r = -errno;
	return r < 0 ? vs_fail(error, "CgroupFailed", r, "fchownat", "cgroup.procs") : 0;
}

int vs_cgroup_enter(const struct vs_cgroup *cgroup, pid_t pid, struct vs_error *error)
{
	char text[16];
	int r;

	if (cgroup->folder < 0 || !cgroup->is_v1)
		return 0;
	snprintf(text, sizeof(text), "%d", pid);
	r = vs_file_write(cgroup->folder, "cgroup.procs", text);
	return r < 0 ? vs_fail(error, "CgroupFailed", r, "write", "cgroup.procs") : 0;
}

int vs_cgroup_birthplace(const struct vs_cgroup *cgroup)
{
	return cgroup->is_v1 ? -1 : cgroup->folder;
}

int vs_cgroup_path(const struct vs_cgroup *cgroup, char *ret_path, size_t size)
{
	char link[40];
	ssize_t length;

	if (cgroup->folder < 0)
		return -ENOENT;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", cgroup->folder);
	length = readlink(link, ret_path, size);
	if (length < 0 || (size_t)length >= size)
		return length < 0 ? -errno : -ENAMETOOLONG;
	ret_path[length] = '\0';
	return 0;
}

void vs_cgroup_kill(const struct vs_cgroup *cgroup)
{
	if (cgroup->folder < 0)
		return;
	/* What version 1 has frozen can't even be killed. */
	if (cgroup->is_v1)
		vs_file_write(cgroup->folder, "freezer.state", "THAWED");
	else
		vs_file_write(cgroup->folder, "cgroup.kill", "1");
}

/* Those that the guest has made, as deep as it may. What stays is found by the removal of the cgroup itself. */
static void children_remove(int folder, unsigned int depth)
{
	cleanup_walk struct vs_walk walk = VS_WALK_NONE;
	struct vs_error ignored = { .id = "" };

	if (vs_walk_open(&walk, folder, depth, &ignored) < 0)
		return;
	while (vs_walk_next(&walk, &ignored) > 0) {
		cleanup_close int child = vs_walk_is_folder(&walk) ? vs_walk_enter(&walk, &ignored) : -1;

		if (child < 0)
			continue;
		children_remove(child, depth + 1);
		unlinkat(folder, walk.name, AT_REMOVEDIR);
	}
}

void vs_cgroup_clear(const struct vs_cgroup *cgroup)
{
	if (cgroup->folder >= 0)
		children_remove(cgroup->folder, 0);
}

int vs_cgroup_remove(struct vs_cgroup *cgroup, const struct vs_run *run, struct vs_error *error)
{
	int64_t deadline = vs_clock_milliseconds() + 2000;
	char path[160];
	int r;

	if (cgroup->folder < 0)
		return 0;
	vs_cgroup_clear(cgroup);
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
