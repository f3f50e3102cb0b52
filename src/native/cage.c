#include "cage.h"

#include "channel.h"
#include "cleanup.h"
#include "confine.h"
#include "guestroot.h"
#include "idmap.h"
#include "kernel.h"
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <sched.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

/* Above all blocks of guests, and above what a host gives to users: no file and no other process has one of these ids. */
#define BASE 0x80000000U
#define NOBODY 65534

/* What the host's programs and their libraries are in; links among them (a merged /usr) are made anew. */
static const char *const programs[] = { "usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32" };

static int root_make(const struct vs_cage *cage, struct vs_error *error)
{
	char size[24];
	const char *const options[] = { "mode", "0755", "nr_inodes", "256", "size", size, NULL };

	snprintf(size, sizeof(size), "%llu", (unsigned long long)cage->space);
	return vs_guestroot_instance("tmpfs", options, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC, error);
}

static int folder_show(int root, const char *name, const char *path, struct vs_error *error)
{
	cleanup_close int place = -1;
	cleanup_close int tree = vs_open_tree(AT_FDCWD, path, OPEN_TREE_CLONE | AT_SYMLINK_NOFOLLOW);
	int r;

	if (tree < 0)
		return vs_fail(error, "MountFailed", tree, "open_tree", path);
	r = vs_mount_setattr(tree, MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV, 0, -1, MS_PRIVATE, 0);
	if (r < 0)
		return vs_fail(error, "MountFailed", r, "mount_setattr", path);
	place = vs_guestroot_place(root, name, error);
	return place < 0 ? place : vs_guestroot_cover(tree, place, path, error);
}

static int program_show(int root, const char *name, struct vs_error *error)
{
	char path[16];
	char target[PATH_MAX];
	struct stat status;
	ssize_t length;

	snprintf(path, sizeof(path), "/%s", name);
	if (lstat(path, &status) < 0)
		return errno == ENOENT ? 0 : vs_fail(error, "MountFailed", errno, "lstat", path);
	if (S_ISDIR(status.st_mode))
		return folder_show(root, name, path, error);
	if (!S_ISLNK(status.st_mode))
		return 0;
	length = readlink(path, target, sizeof(target) - 1);
	if (length < 0)
		return vs_fail(error, "MountFailed", errno, "readlink", path);
	target[length] = '\0';
	return symlinkat(target, root, name) < 0 ? vs_fail(error, "MountFailed", errno, "symlink", path) : 0;
}

/* No more than the file had when it was opened: it may grow under us for ever. */
static int file_copy(int from, int folder, const char *name, struct vs_error *error)
{
	cleanup_close int to = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	struct stat status;
	off_t done = 0;

	if (to < 0 || fchmod(to, 0666) < 0 || fstat(from, &status) < 0)
		return vs_fail(error, "CopyFailed", errno, "open", name);
	while (done < status.st_size) {
		off_t left = status.st_size - done;
		ssize_t copied = sendfile(to, from, &done, left > INT_MAX ? INT_MAX : (size_t)left);

		if (copied < 0 && errno == EINTR)
			continue;
		if (copied < 0)
			return vs_fail(error, "CopyFailed", errno, "sendfile", name);
		if (copied == 0)
			break;
	}
	return 0;
}

static int files_copy(const struct vs_cage *cage, int root, struct vs_error *error)
{
	cleanup_close int folder = vs_guestroot_place(root, "files", error);
	int r = folder < 0 ? folder : 0;

	if (r >= 0 && fchmodat(root, "files", 0777, 0) < 0)
		r = vs_fail(error, "CopyFailed", errno, "fchmodat", "files");
	for (unsigned int i = 0; r >= 0 && i < cage->count; i++)
		r = file_copy(cage->files[i], folder, cage->names[i], error);
	return r;
}

static int room_enter(const struct vs_cage *cage, struct vs_error *error)
{
	cleanup_close int root = root_make(cage, error);
	int r = root < 0 ? root : vs_guestroot_attach(root, error);

	for (size_t i = 0; r >= 0 && i < sizeof(programs) / sizeof(programs[0]); i++)
		r = program_show(root, programs[i], error);
	if (r >= 0)
		r = files_copy(cage, root, error);
	return r < 0 ? r : vs_guestroot_enter(root, error);
}

static int limits_set(void)
{
	static const struct {
		int resource;
		rlim_t value;
	} limits[] = {
		{ RLIMIT_AS, 1024UL * 1024 * 1024 }, { RLIMIT_CPU, 120 },	 { RLIMIT_NPROC, 4 },
		{ RLIMIT_NOFILE, 64 },		     { RLIMIT_MEMLOCK, 0 },
		{ RLIMIT_MSGQUEUE, 0 },		     { RLIMIT_SIGPENDING, 64 },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct rlimit limit = { .rlim_cur = limits[i].value, .rlim_max = limits[i].value };

		if (setrlimit(limits[i].resource, &limit) < 0)
			return -errno;
	}
	return 0;
}

/* The mounts are made: from here on this process owns nothing and may do nothing but read and compute. */
static int rights_drop(int userns, struct vs_error *error)
{
	int r = vs_setns(userns, CLONE_NEWUSER);

	if (r < 0)
		return vs_fail(error, "UserNamespaceFailed", r, "setns", "CLONE_NEWUSER");
	if (setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 || setresuid(NOBODY, NOBODY, NOBODY) < 0)
		return vs_fail(error, "UserNamespaceFailed", errno, "setresuid", "nobody");
	/* What a change of ids clears: dying with the helper. And no program gives rights back. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return vs_fail(error, "CapabilityFailed", errno, "prctl", "PR_SET_NO_NEW_PRIVS");
	r = limits_set();
	if (r < 0)
		return vs_fail(error, "Internal", r, "setrlimit", "");
	/* What capabilities are left go with exec, since its user is not root. */
	return vs_confine(VS_NETWORK_NOTHING, false, error);
}

static _Noreturn void caged_main(const struct vs_cage *cage, int userns, int channel)
{
	static char locale[] = "LC_ALL=C";
	static char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	static char home[] = "HOME=/files";
	static char *environment[] = { locale, path, home, NULL };
	struct vs_error error = { .id = "" };
	int r = vs_confine_keys(&error);

	if (r >= 0)
		r = setsid() < 0 ? vs_fail(&error, "Internal", errno, "setsid", "") : 0;
	if (r >= 0)
		r = room_enter(cage, &error);
	if (r >= 0)
		r = rights_drop(userns, &error);
	if (r >= 0) {
		vs_program_reset_signals();
		/* Who was dead before the kernel was asked for our death with it is told of by nothing but this. */
		if (vs_channel_say(channel, VS_WORD_GOING, NULL, 0) < 0)
			_exit(127);
		execve(cage->arguments[0], cage->arguments, environment);
		vs_fail(&error, errno == ENOENT ? "ProgramNotFound" : "ProgramFailed", errno, "execve",
			cage->arguments[0]);
	}
	vs_channel_fail(channel, &error);
	_exit(127);
}

pid_t vs_cage_clone(const struct vs_cage *cage, int ends[2], int *ret_pidfd, struct vs_error *error)
{
	const uint64_t flags = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
	cleanup_close int userns = vs_idmap_temporary(BASE, error);
	pid_t pid;

	if (userns < 0)
		return userns;
	pid = vs_clone(flags, ret_pidfd, -1);
	if (pid == 0) {
		/* The helper's: held here too, it would never be seen closed. */
		vs_close(&ends[0]);
		caged_main(cage, userns, ends[1]);
	}
	return pid < 0 ? vs_fail(error, "NamespaceFailed", pid, "clone3", "") : pid;
}
