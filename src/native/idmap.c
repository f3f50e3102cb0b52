#include "idmap.h"

#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int map_write(pid_t pid, const char *kind, uint32_t base, struct vs_error *error)
{
	char path[48];
	char map[48];
	int r;

	snprintf(path, sizeof(path), "/proc/%d/%s", pid, kind);
	snprintf(map, sizeof(map), "0 %u %u\n", base, VS_ID_COUNT);
	r = vs_file_write(AT_FDCWD, path, map);
	return r < 0 ? vs_fail_detail(error, "UserNamespaceFailed", r, "write", kind, map) : 0;
}

int vs_idmap_write(pid_t pid, uint32_t base, struct vs_error *error)
{
	int r = map_write(pid, "uid_map", base, error);

	return r < 0 ? r : map_write(pid, "gid_map", base, error);
}

int vs_idmap_open(pid_t pid, struct vs_error *error)
{
	char path[48];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/ns/user", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? vs_fail(error, "UserNamespaceFailed", errno, "open", path) : fd;
}

int vs_idmap_clone(int folder, int userns, struct vs_error *error)
{
	cleanup_close int mount = vs_open_tree(folder, "", OPEN_TREE_CLONE | AT_EMPTY_PATH);
	int r;

	if (mount < 0)
		return vs_fail(error, "IdMapFailed", mount, "open_tree", "");
	if (userns < 0)
		return vs_take(&mount);
	r = vs_mount_setattr(mount, MOUNT_ATTR_IDMAP, 0, userns, 0, 0);
	if (r < 0)
		return vs_fail_detail(error, "IdMapFailed", r, "mount_setattr", "MOUNT_ATTR_IDMAP",
				      "the kernel or this file system can't map owners");
	return vs_take(&mount);
}

int vs_idmap_temporary(uint32_t base, struct vs_error *error)
{
	cleanup_close int pidfd = -1;
	int fd = -1;
	pid_t known, caller = getpid(), pid = vs_clone(CLONE_NEWUSER, &pidfd, -1);
	int r;

	if (pid == 0) {
		/* It has copies of all our descriptors, and nobody else would end it. */
		if (!prctl(PR_SET_PDEATHSIG, SIGKILL) && getppid() == caller)
			pause();
		_exit(0);
	}
	if (pid < 0)
		return vs_fail(error, "UserNamespaceFailed", pid, "clone3", "CLONE_NEWUSER");
	r = vs_process_pid(pidfd, &known);
	if (r >= 0)
		r = vs_idmap_write(known, base, error);
	if (r >= 0)
		fd = vs_idmap_open(known, error);
	vs_pidfd_signal(pidfd, SIGKILL);
	waitpid(pid, NULL, 0);
	return r < 0 ? vs_fail(error, "UserNamespaceFailed", r, "clone3", "") : fd;
}
