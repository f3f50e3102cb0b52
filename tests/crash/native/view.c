/*
 * view FOLDER...
 *
 * Every name below folders, a line each with blanks between: path, type, what is the same for a guest whatever is shared, its time, content,
 * then what sharing changes: inode, number of names, flags. It shares no code with what it judges.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#define SEED 14695981039346656037u
#define PRIME 1099511628211u

static uint64_t mix(uint64_t hash, const void *bytes, size_t length)
{
	const unsigned char *at = bytes;

	while (length--)
		hash = (hash ^ *at++) * PRIME;
	return hash;
}

static void fail(const char *what, const char *path)
{
	fprintf(stderr, "view: %s %s: %s\n", what, path, strerror(errno));
	exit(1);
}

static void print_escaped(const char *text)
{
	for (; *text; text++)
		if (*text <= ' ' || *text > '~' || *text == '\\')
			printf("\\%03o", (unsigned char)*text);
		else
			putchar(*text);
}

static int by_name(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

/* Attributes in the order of their names, each with its value. */
static uint64_t hash_attributes(const char *link)
{
	static char names[65536], value[65536];
	char *sorted[1024];
	ssize_t length = llistxattr(link, names, sizeof(names));
	uint64_t hash = SEED;
	size_t count = 0;

	for (char *name = names; length > 0 && name < names + length && count < 1024; name += strlen(name) + 1)
		sorted[count++] = name;
	qsort(sorted, count, sizeof(sorted[0]), by_name);
	for (size_t i = 0; i < count; i++) {
		ssize_t size = lgetxattr(link, sorted[i], value, sizeof(value));

		hash = mix(hash, sorted[i], strlen(sorted[i]) + 1);
		hash = mix(hash, value, size > 0 ? (size_t)size : 0);
	}
	return hash;
}

static uint64_t hash_file(int file, const char *path)
{
	static char buffer[65536];
	uint64_t hash = SEED;
	ssize_t length;

	while ((length = read(file, buffer, sizeof(buffer))) > 0)
		hash = mix(hash, buffer, (size_t)length);
	if (length < 0)
		fail("read", path);
	return hash;
}

static uint64_t hash_content(int folder, const char *name, const struct stat *facts, const char *path, int *ret_flags)
{
	char target[4097];
	uint64_t hash = SEED;
	ssize_t length;
	int file;

	if (S_ISLNK(facts->st_mode)) {
		length = readlinkat(folder, name, target, sizeof(target));
		return mix(hash, target, length > 0 ? (size_t)length : 0);
	}
	if (!S_ISREG(facts->st_mode))
		return hash;
	file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC);
	if (file < 0)
		fail("open", path);
	if (ioctl(file, FS_IOC_GETFLAGS, ret_flags))
		*ret_flags = 0;
	hash = hash_file(file, path);
	close(file);
	return hash;
}

static void show(int folder, const char *name, const char *path, const struct stat *facts)
{
	char link[512];
	int flags = 0;
	uint64_t content = hash_content(folder, name, facts, path, &flags);

	snprintf(link, sizeof(link), "/proc/self/fd/%d/%s", folder, name);
	print_escaped(path);
	printf(" %c %o,%u,%u,%lld,%u:%u,%016llx %lld.%09ld %016llx %llu %lu %x\n",
	       S_ISDIR(facts->st_mode) ? 'd' : S_ISREG(facts->st_mode) ? 'f' : S_ISLNK(facts->st_mode) ? 'l' : 's',
	       facts->st_mode, facts->st_uid, facts->st_gid, S_ISDIR(facts->st_mode) ? 0LL : (long long)facts->st_size,
	       major(facts->st_rdev), minor(facts->st_rdev), (unsigned long long)hash_attributes(link), (long long)facts->st_mtim.tv_sec,
	       facts->st_mtim.tv_nsec, (unsigned long long)content, (unsigned long long)facts->st_ino, (unsigned long)facts->st_nlink,
	       (unsigned int)flags & (FS_IMMUTABLE_FL | FS_APPEND_FL | FS_NODUMP_FL));
}

static void walk(int parent, const char *name, char *path, size_t length)
{
	int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NOATIME | O_CLOEXEC);
	DIR *list = folder < 0 ? NULL : fdopendir(folder);
	struct dirent *entry;
	struct stat facts;

	if (!list)
		fail("open", path);
	while ((entry = readdir(list))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (length + strlen(entry->d_name) + 2 > 65536 || fstatat(folder, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW))
			fail("stat", path);
		sprintf(path + length, "/%s", entry->d_name);
		show(folder, entry->d_name, path, &facts);
		if (S_ISDIR(facts.st_mode))
			walk(folder, entry->d_name, path, strlen(path));
		path[length] = 0;
	}
	closedir(list);
}

int main(int argc, char **argv)
{
	static char path[65536 + 512];

	for (int i = 1; i < argc; i++) {
		struct stat facts;
		const char *slash = strrchr(argv[i], '/');

		snprintf(path, sizeof(path), "%s", slash ? slash + 1 : argv[i]);
		if (lstat(argv[i], &facts))
			fail("stat", argv[i]);
		show(AT_FDCWD, argv[i], path, &facts);
		walk(AT_FDCWD, argv[i], path, strlen(path));
	}
	return 0;
}
