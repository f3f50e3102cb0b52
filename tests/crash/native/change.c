/*
 * The program of a guest that is broken off: changes what a guest changes (a file's content, a name, a folder's), always to the same, and
 * lets whoever looks find the same times.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct timespec then[2] = { { .tv_sec = 4000, .tv_nsec = 500000000 }, { .tv_sec = 4000, .tv_nsec = 500000000 } };

static void put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	if (fd < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || futimens(fd, then) < 0)
		perror(path);
	close(fd);
}

static void settle_time(const char *path)
{
	if (utimensat(AT_FDCWD, path, then, AT_SYMLINK_NOFOLLOW) < 0)
		perror(path);
}

int main(void)
{
	static const char *const folders[] = { "/usr/lib", "/usr/share/new", "/usr/share/deep/er", "/usr/share", "/usr", "/etc", "/" };

	put("/usr/lib/one", "changed\n");
	put("/usr/share/deep/er/more", "more\n");
	put("/etc/conf", "another\n");
	mkdir("/usr/share/new", 0750);
	put("/usr/share/new/leaf", "leaf\n");
	unlink("/usr/lib/two");
	rename("/usr/lib/three", "/usr/lib/other");
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		settle_time(folders[i]);
	return 0;
}
