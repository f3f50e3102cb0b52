#include "tasks.h"

#include "cleanup.h"
#include "file.h"
#include "kernel.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* What is done to each, and with what. */
struct deed {
	const char *list;
	int (*act)(const char *task, int with);
	int with;
};

static int list_open(int folder, const char *name)
{
	return openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

/* Line by line: there may be more than fit into any buffer. One that has ended meanwhile is no failure. */
static int lines_act(int fd, const struct deed *deed)
{
	char text[1024];
	size_t kept = 0;
	ssize_t got;

	while ((got = read(fd, text + kept, sizeof(text) - kept)) > 0) {
		char *line = text, *end = text + kept + got, *next;

		for (; (next = memchr(line, '\n', (size_t)(end - line))); line = next + 1) {
			int r;

			*next = '\0';
			r = deed->act(line, deed->with);
			if (r < 0 && r != -ESRCH)
				return r;
		}
		kept = (size_t)(end - line);
		memmove(text, line, kept);
	}
	return got < 0 ? -errno : 0;
}

static int tree_act(int folder, unsigned int depth, const struct deed *deed)
{
	cleanup_walk struct vs_walk walk = VS_WALK_NONE;
	cleanup_close int list = list_open(folder, deed->list);
	struct vs_error ignored = { .id = "" };
	int r = list < 0 ? -errno : lines_act(list, deed);

	if (r < 0)
		return r;
	if (vs_walk_open(&walk, folder, depth, &ignored) < 0)
		return -EMFILE;
	while (r >= 0 && vs_walk_next(&walk, &ignored) > 0) {
		cleanup_close int child = vs_walk_is_folder(&walk) ? vs_walk_enter(&walk, &ignored) : -1;

		if (child >= 0)
			r = tree_act(child, depth + 1, deed);
	}
	return r;
}

static int move(const char *task, int with)
{
	return vs_file_write(with, "cgroup.procs", task);
}

static int renice(const char *task, int with)
{
	return vs_tasks_set_nice((pid_t)strtol(task, NULL, 10), with);
}

int vs_tasks_move(int from, int to)
{
	const struct deed deed = { .list = "cgroup.procs", .act = move, .with = to };

	return tree_act(from, 0, &deed);
}

int vs_tasks_renice(int folder, bool is_v1, int nice)
{
	const struct deed deed = { .list = is_v1 ? "tasks" : "cgroup.threads", .act = renice, .with = nice };

	return tree_act(folder, 0, &deed);
}

int vs_tasks_nice(pid_t pid)
{
	int nice;

	/* -1 is a nice value, too. */
	errno = 0;
	nice = getpriority(PRIO_PROCESS, (id_t)pid);
	return errno ? 0 : nice;
}

int vs_tasks_set_nice(pid_t pid, int nice)
{
	return setpriority(PRIO_PROCESS, (id_t)pid, nice) < 0 ? -errno : 0;
}
