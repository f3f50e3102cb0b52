/* Out of the root: by folders kept from before, by links of /proc, by walking up. */
#include "attempts.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Walks up from here as far as it goes: whether that is beyond our root. */
static bool climbs(void)
{
	struct stat root, here;

	for (int i = 0; i < 128; i++)
		if (chdir("..") < 0)
			return false;
	return stat("/", &root) == 0 && stat(".", &here) == 0 && !is_same(&root, &here);
}

static bool try_walk_up(void)
{
	bool done = climbs();

	return chdir("/") < 0 || done;
}

static bool try_kept_folder(void)
{
	char where[PATH_MAX];

	return !getcwd(where, sizeof(where)) || where[0] != '/';
}

/* A folder among what we were given, 0, 1 and 2 too. */
static bool try_kept_descriptor(void)
{
	for (int fd = 0; fd < 1024; fd++) {
		bool done = fchdir(fd) == 0 && climbs();

		if (chdir("/") < 0 || done)
			return true;
	}
	return false;
}

static bool try_foreign_descriptor(void)
{
	for (int fd = 3; fd < 1024; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return true;
	return false;
}

/* The nested chroot: keep a folder from before, change root, walk up from there. */
static bool nested_chroot(void)
{
	struct stat before, after;
	int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = false;

	mkdir("/tmp/attempt-root", 0755);
	if (fd >= 0 && stat("/", &before) == 0 && chroot("/tmp/attempt-root") == 0) {
		for (int i = 0; i < 128 && fchdir(fd) == 0 && chdir("..") == 0; i++) {
			close(fd);
			fd = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		}
		done = stat(".", &after) == 0 && !is_same(&before, &after);
		if (chroot(".") < 0)
			done = true;
	}
	if (fd >= 0)
		close(fd);
	rmdir("/tmp/attempt-root");
	return chdir("/") < 0 || done;
}

static bool try_nested_chroot(void)
{
	return attempt_apart(nested_chroot);
}

/* The roots, folders and descriptors of all processes there are, as links. */
static bool leads_out(const char *path)
{
	struct stat ours, theirs;

	if (stat("/", &ours) < 0 || stat(path, &theirs) < 0)
		return false;
	return !is_same(&ours, &theirs);
}

static bool try_process_roots(void)
{
	struct dirent *entry;
	DIR *folder = opendir("/proc");
	char path[300];
	bool done = false;

	while (folder && !done && (entry = readdir(folder))) {
		if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
			continue;
		snprintf(path, sizeof(path), "/proc/%s/root", entry->d_name);
		done = leads_out(path);
	}
	if (folder)
		closedir(folder);
	return done;
}

/* What was put outside, by the name that it has there. */
static bool try_host_file(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/var/tmp/vserver-bait-%d", bait_number);
	return bait_number > 0 && attempt_opens(path, O_RDONLY);
}

static bool try_host_file_by_process(void)
{
	char path[96];

	for (int pid = 1; bait_number > 0 && pid < 256; pid++) {
		snprintf(path, sizeof(path), "/proc/%d/root/var/tmp/vserver-bait-%d", pid, bait_number);
		if (attempt_opens(path, O_RDONLY))
			return true;
	}
	return false;
}

/* The program that put us here, which the host runs again for others. */
static bool try_helper_program(void)
{
	struct dirent *entry;
	DIR *folder = opendir("/proc");
	char path[300], target[PATH_MAX];
	bool done = false;

	while (folder && !done && (entry = readdir(folder))) {
		ssize_t length;

		snprintf(path, sizeof(path), "/proc/%s/exe", entry->d_name);
		length = readlink(path, target, sizeof(target) - 1);
		if (length <= 0)
			continue;
		target[length] = '\0';
		done = strstr(target, "vserver-helper") && attempt_opens(path, O_RDWR);
	}
	if (folder)
		closedir(folder);
	return done;
}

const struct attempt attempts_roots[] = {
	ATTEMPT(kept_folder),	ATTEMPT(walk_up),	ATTEMPT(kept_descriptor), ATTEMPT(foreign_descriptor),
	ATTEMPT(nested_chroot), ATTEMPT(process_roots), ATTEMPT(host_file),	  ATTEMPT(host_file_by_process),
	ATTEMPT(helper_program), ATTEMPTS_END,
};
