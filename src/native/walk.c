#include "walk.h"

#include "cleanup.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* The same for looking and for settling, so that a delta is found too deep before anything of it is moved. */
static unsigned int depth_limit(void)
{
	struct rlimit files;
	rlim_t levels;

	if (getrlimit(RLIMIT_NOFILE, &files) < 0 || files.rlim_cur < VS_WALK_SPARE)
		return 0;
	levels = (files.rlim_cur - VS_WALK_SPARE) / VS_WALK_DESCRIPTORS;
	return levels < VS_WALK_DEPTH ? (unsigned int)levels : VS_WALK_DEPTH;
}

int vs_walk_open(struct vs_walk *walk, int folder, unsigned int depth, struct vs_error *error)
{
	cleanup_close int fd = -1;

	if (depth > depth_limit())
		return vs_fail(error, "TooDeep", ELOOP, "walk", "");
	fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOATIME);
	if (fd < 0)
		return vs_fail(error, "SettleFailed", errno, "open", ".");
	walk->entries = fdopendir(fd);
	if (!walk->entries)
		return vs_fail(error, "SettleFailed", errno, "fdopendir", ".");
	vs_take(&fd);
	walk->depth = depth;
	return 0;
}

void vs_walk_close(struct vs_walk *walk)
{
	vs_closedir(&walk->entries);
}

/* Not every file system tells the type. */
static unsigned char type_of(int folder, const char *name)
{
	struct stat status;

	if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return IFTODT(status.st_mode);
}

int vs_walk_next(struct vs_walk *walk, struct vs_error *error)
{
	struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(walk->entries);
		if (!entry)
			return errno ? vs_fail(error, "SettleFailed", errno, "getdents", "") : 0;
	} while (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	strncpy(walk->name, entry->d_name, sizeof(walk->name) - 1);
	walk->name[sizeof(walk->name) - 1] = '\0';
	walk->type = entry->d_type == DT_UNKNOWN ? type_of(dirfd(walk->entries), walk->name) : entry->d_type;
	return 1;
}

void vs_walk_again(struct vs_walk *walk)
{
	rewinddir(walk->entries);
}

int vs_walk_folder(const struct vs_walk *walk)
{
	return dirfd(walk->entries);
}

bool vs_walk_is_folder(const struct vs_walk *walk)
{
	return walk->type == DT_DIR;
}

int vs_walk_enter(const struct vs_walk *walk, struct vs_error *error)
{
	int fd = vs_openat2(vs_walk_folder(walk), walk->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NOATIME, 0,
			    VS_BENEATH);

	if (fd < 0)
		return vs_fail(error, "SettleFailed", fd, "openat2", walk->name);
	return fd;
}
