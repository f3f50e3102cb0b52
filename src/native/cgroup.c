#include "cgroup.h"

#include "cleanup.h"
#include "file.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* Its processes' own one, which is below where it was handed one. */
#define HANDED "guest"

static int main_open(const struct vs_run *run, bool make, struct vs_cgroup *cgroup, struct vs_error *error)
{
	cleanup_close int top = vs_hierarchy_v2();
	bool is_v1 = top < 0;
	int folder;

	if (is_v1)
		top = vs_hierarchy_v1("freezer");
	if (top < 0)
		return 0;
	folder = vs_hierarchy_guest(top, run, make);
	if (folder == -ENOENT || folder == -EROFS)
		return 0;
	if (folder < 0)
		return vs_fail(error, "CgroupFailed", folder, "mkdirat", run->name);
	cgroup->folder = folder;
	cgroup->is_v1 = is_v1;
	cgroup->top = vs_take(&top);
	return 0;
}

/* Where version 2 has a controller for all of ours, a guest without limits is counted too. */
static void counting_join(const struct vs_cgroup *cgroup, const struct vs_run *run)
{
	cleanup_close int ours = vs_hierarchy_folder(cgroup->top, "vserver", false);

	unsigned int offered = ours < 0 ? 0 : vs_hierarchy_controllers(ours);
	unsigned int missing = offered ? offered & ~vs_hierarchy_controllers(cgroup->folder) : 0;

	if (missing)
		vs_hierarchy_enable(cgroup->top, run, missing);
}

void vs_cgroup_find(struct vs_cgroup *cgroup, const struct vs_run *run)
{
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++)
		if (cgroup->v1[i] < 0)
			cgroup->v1[i] = vs_hierarchy_v1_guest(vs_controller_v1(i), run);
}

int vs_cgroup_open(const struct vs_run *run, bool make, struct vs_cgroup *ret_cgroup, struct vs_error *error)
{
	struct vs_cgroup cgroup = VS_CGROUP_NONE;
	int r = main_open(run, make, &cgroup, error);

	if (r < 0)
		return r;
	if (make && cgroup.folder >= 0 && !cgroup.is_v1)
		counting_join(&cgroup, run);
	if (!make && cgroup.folder >= 0 && !cgroup.is_v1)
		cgroup.handed = vs_hierarchy_folder(cgroup.folder, HANDED, false);
	if (!make)
		vs_cgroup_find(&cgroup, run);
	*ret_cgroup = cgroup;
	return 0;
}

void vs_cgroup_close(struct vs_cgroup *cgroup)
{
	vs_close(&cgroup->handed);
	vs_close(&cgroup->folder);
	vs_close(&cgroup->top);
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++)
		vs_close(&cgroup->v1[i]);
}

int vs_cgroup_delegate(struct vs_cgroup *cgroup, uid_t owner, struct vs_error *error)
{
	/* Documentation/admin-guide/cgroup-v2.rst, "Delegation": these and no others. */
	static const char *const files[] = { ".", "cgroup.procs", "cgroup.threads", "cgroup.subtree_control" };
	int r;

	if (cgroup->folder < 0 || cgroup->is_v1)
		return vs_fail_detail(error, "CgroupMissing", ENOTSUP, "open", "cgroup",
				      "no cgroup version 2 is mounted at /sys/fs/cgroup or /sys/fs/cgroup/unified");
	cgroup->handed = vs_hierarchy_folder(cgroup->folder, HANDED, true);
	if (cgroup->handed < 0)
		return vs_fail(error, "CgroupFailed", cgroup->handed, "mkdirat", HANDED);
	/* Before it can make any: they are removed by recursion. */
	r = vs_file_write(cgroup->handed, "cgroup.max.depth", "8");
	if (r >= 0)
		r = vs_file_write(cgroup->handed, "cgroup.max.descendants", "4096");
	for (size_t i = 0; r >= 0 && i < sizeof(files) / sizeof(files[0]); i++)
		if (fchownat(cgroup->handed, files[i], owner, owner, AT_SYMLINK_NOFOLLOW) < 0)
			r = -errno;
	return r < 0 ? vs_fail(error, "CgroupFailed", r, "fchownat", "cgroup.procs") : 0;
}

int vs_cgroup_enter(const struct vs_cgroup *cgroup, pid_t pid, struct vs_error *error)
{
	char text[16];
	int r = 0;

	snprintf(text, sizeof(text), "%d", pid);
	if (cgroup->is_v1)
		r = vs_file_write(cgroup->folder, "cgroup.procs", text);
	for (enum vs_controller i = 0; r >= 0 && i < VS_CONTROLLERS; i++)
		if (cgroup->v1[i] >= 0)
			r = vs_file_write(cgroup->v1[i], "cgroup.procs", text);
	return r < 0 ? vs_fail(error, "CgroupFailed", r, "write", "cgroup.procs") : 0;
}

int vs_cgroup_birthplace(const struct vs_cgroup *cgroup)
{
	if (cgroup->is_v1)
		return -1;
	return cgroup->handed >= 0 ? cgroup->handed : cgroup->folder;
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
	if (cgroup->handed >= 0)
		children_remove(cgroup->handed, 0);
}

static int v1_remove(struct vs_cgroup *cgroup, enum vs_controller controller, const struct vs_run *run)
{
	cleanup_close int top = -1;

	if (cgroup->v1[controller] < 0)
		return 0;
	vs_close(&cgroup->v1[controller]);
	top = vs_hierarchy_v1(vs_controller_v1(controller));
	return top < 0 ? top : vs_hierarchy_remove(top, run);
}

int vs_cgroup_remove(struct vs_cgroup *cgroup, const struct vs_run *run, struct vs_error *error)
{
	int r = 0;

	vs_cgroup_find(cgroup, run);
	if (cgroup->folder >= 0) {
		children_remove(cgroup->folder, 0);
		vs_close(&cgroup->handed);
		vs_close(&cgroup->folder);
		r = vs_hierarchy_remove(cgroup->top, run);
	}
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++) {
		int removed = v1_remove(cgroup, i, run);

		r = r < 0 ? r : removed;
	}
	return r < 0 ? vs_fail(error, "CgroupFailed", r, "rmdir", run->name) : 0;
}
