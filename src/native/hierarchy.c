#include "hierarchy.h"

#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define MOUNTS "/sys/fs/cgroup"

/* Of vserver/STORE/NAME. */
#define PATH_SIZE 160

struct names {
	const char *v2;
	const char *v1;
};

static const struct names controllers[VS_CONTROLLERS] = {
	[VS_CPU] = { "cpu", "cpu" },
	[VS_IO] = { "io", "blkio" },
	[VS_MEMORY] = { "memory", "memory" },
	[VS_PIDS] = { "pids", "pids" },
};

const char *vs_controller_v1(enum vs_controller controller)
{
	return controllers[controller].v1;
}

/* Where two of version 1 are mounted together, both names are links of the host's to one folder. */
static int open_as(const char *path, long type)
{
	struct statfs status;
	cleanup_close int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (fstatfs(fd, &status) < 0 || (long)status.f_type != type)
		return -ENOENT;
	return vs_take(&fd);
}

/* The only version on most hosts; beside version 1 on "hybrid" ones. */
int vs_hierarchy_v2(void)
{
	int fd = open_as(MOUNTS, CGROUP2_SUPER_MAGIC);

	return fd >= 0 ? fd : open_as(MOUNTS "/unified", CGROUP2_SUPER_MAGIC);
}

int vs_hierarchy_v1(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), MOUNTS "/%s", name);
	return open_as(path, CGROUP_SUPER_MAGIC);
}

int vs_hierarchy_v1_guest(const char *name, const struct vs_run *run)
{
	char path[64 + PATH_SIZE];

	snprintf(path, sizeof(path), MOUNTS "/%s/vserver/%s/%s", name, run->store, run->name);
	return open_as(path, CGROUP_SUPER_MAGIC);
}

unsigned int vs_hierarchy_controllers(int folder)
{
	char text[256], *rest = text, *word;
	unsigned int found = 0;

	if (vs_file_read(folder, "cgroup.controllers", text, sizeof(text)) < 0)
		return 0;
	while ((word = strsep(&rest, " \n")))
		for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++)
			if (strcmp(word, controllers[i].v2) == 0)
				found |= 1U << i;
	return found;
}

bool vs_hierarchy_has(int folder, enum vs_controller controller)
{
	return vs_hierarchy_controllers(folder) & 1U << controller;
}

int vs_hierarchy_folder(int parent, const char *name, bool make)
{
	if (make && mkdirat(parent, name, 0755) < 0 && errno != EEXIST)
		return -errno;
	return vs_openat2(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0, VS_BENEATH);
}

static int parents_make(int top, const struct vs_run *run)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "vserver/%s", run->store);
	if (mkdirat(top, "vserver", 0755) < 0 && errno != EEXIST)
		return -errno;
	return mkdirat(top, path, 0755) < 0 && errno != EEXIST ? -errno : 0;
}

int vs_hierarchy_guest(int top, const struct vs_run *run, bool make)
{
	char path[PATH_SIZE];
	int folder = -ENOENT;

	snprintf(path, sizeof(path), "vserver/%s/%s", run->store, run->name);
	if (!make)
		return vs_hierarchy_folder(top, path, false);
	/* One that a killed start has left may have limits that nobody asks for now. */
	unlinkat(top, path, AT_REMOVEDIR);
	/* Another guest's end may remove the empty parents between our steps. */
	for (int tries = 0; folder == -ENOENT && tries < 100; tries++) {
		int r = tries > 0 ? parents_make(top, run) : 0;

		folder = r < 0 ? r : vs_hierarchy_folder(top, path, true);
	}
	return folder;
}

static int all_enable(int top, const struct vs_run *run, unsigned int wanted)
{
	char store[PATH_SIZE], text[64] = "";
	const char *const files[] = { "cgroup.subtree_control", "vserver/cgroup.subtree_control", store };
	size_t length = 0;
	int r = 0;

	snprintf(store, sizeof(store), "vserver/%s/cgroup.subtree_control", run->store);
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++)
		if (wanted & 1U << i)
			length += (size_t)snprintf(text + length, sizeof(text) - length, "+%s ", controllers[i].v2);
	for (size_t i = 0; r >= 0 && i < sizeof(files) / sizeof(files[0]); i++)
		r = vs_file_write(top, files[i], text);
	return r;
}

int vs_hierarchy_enable(int top, const struct vs_run *run, unsigned int wanted)
{
	int r = all_enable(top, run, wanted);

	if (r >= 0)
		return r;
	/* One that can't be handed down keeps the others from it. */
	for (enum vs_controller i = 0; i < VS_CONTROLLERS; i++)
		if (wanted & 1U << i && wanted != 1U << i)
			all_enable(top, run, 1U << i);
	return r;
}

int vs_hierarchy_remove(int top, const struct vs_run *run)
{
	int64_t deadline = vs_clock_milliseconds() + 2000;
	char path[PATH_SIZE];
	int r;

	snprintf(path, sizeof(path), "vserver/%s/%s", run->store, run->name);
	while ((r = unlinkat(top, path, AT_REMOVEDIR)) < 0 && errno == EBUSY && vs_clock_milliseconds() < deadline)
		poll(NULL, 0, 1);
	if (r < 0 && errno != ENOENT)
		return -errno;
	snprintf(path, sizeof(path), "vserver/%s", run->store);
	if (unlinkat(top, path, AT_REMOVEDIR) == 0)
		unlinkat(top, "vserver", AT_REMOVEDIR);
	return 0;
}
