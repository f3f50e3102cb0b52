#include "stage.h"

#include "cleanup.h"
#include "kernel.h"
#include "metadata.h"
#include "overlay_xattr.h"
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define REDIRECTS_MAX 1000000

/* A folder of the tree that goes on under another name. */
struct redirect {
	char *from;
	size_t depth;
	uint64_t inode;
};

struct redirects {
	struct redirect *items;
	size_t count;
	size_t room;
};

static void redirects_free(struct redirects *all)
{
	for (size_t i = 0; i < all->count; i++)
		free(all->items[i].from);
	vs_free(&all->items);
}
#define cleanup_redirects __attribute__((cleanup(redirects_free)))

void vs_stage_name(uint64_t inode, char name[VS_STAGE_NAME])
{
	snprintf(name, VS_STAGE_NAME, "d%llx", (unsigned long long)inode);
}

static size_t depth_of(const char *path)
{
	size_t depth = 0;

	for (; *path; path++)
		depth += *path == '/';
	return depth;
}

static int redirect_add(struct redirects *all, const char *from, uint64_t inode)
{
	if (all->count == all->room) {
		size_t room = all->room ? all->room * 2 : 16;
		struct redirect *items = realloc(all->items, room * sizeof(*items));

		if (!items)
			return -ENOMEM;
		all->items = items;
		all->room = room;
	}
	if (all->count == REDIRECTS_MAX)
		return -E2BIG;
	all->items[all->count].from = strdup(from);
	if (!all->items[all->count].from)
		return -ENOMEM;
	all->items[all->count].depth = depth_of(from);
	all->items[all->count].inode = inode;
	all->count++;
	return 0;
}

/*
 * Where the folder "name" of upper continues in the tree: NULL in ret_lower when nowhere, else a path from the
 * tree's top with a leading slash, to be freed. Returns 1 when a redirect said so. On the heap, since the walk recurses.
 */
static int lower_of(int fd, const char *parent_lower, const char *name, char **ret_lower)
{
	char value[VS_REDIRECT_SIZE];
	bool redirected;
	int length;

	*ret_lower = NULL;
	if (vs_metadata_is_opaque(fd))
		return 0;
	redirected = vs_metadata_text(fd, VS_OVERLAY_REDIRECT, value, sizeof(value)) > 0;
	if (redirected && value[0] == '/')
		length = asprintf(ret_lower, "%s", value);
	else if (parent_lower)
		length = asprintf(ret_lower, "%s/%s", parent_lower, redirected ? value : name);
	else
		return 0;
	if (length < 0)
		return -ENOMEM;
	return redirected;
}

static int collect_from(int upper, const char *lower, unsigned int depth, struct redirects *all,
			struct vs_error *error);

static int collect_folder(const struct vs_walk *walk, const char *lower, struct redirects *all, struct vs_error *error)
{
	cleanup_free char *child_lower = NULL;
	cleanup_close int child = vs_walk_enter(walk, error);
	struct stat status;
	int r;

	if (child < 0)
		return child;
	r = lower_of(child, lower, walk->name, &child_lower);
	if (r > 0)
		r = fstat(child, &status) < 0 ? -errno : redirect_add(all, child_lower, status.st_ino);
	if (r < 0)
		return vs_fail(error, "SettleFailed", r, "redirect", walk->name);
	return collect_from(child, child_lower, walk->depth + 1, all, error);
}

static int collect_from(int upper, const char *lower, unsigned int depth, struct redirects *all,
			struct vs_error *error)
{
	cleanup_walk struct vs_walk walk = VS_WALK_NONE;
	int r = vs_walk_open(&walk, upper, depth, error);

	while (r >= 0) {
		r = vs_walk_next(&walk, error);
		if (r <= 0)
			break;
		if (vs_walk_is_folder(&walk))
			r = collect_folder(&walk, lower, all, error);
	}
	return r;
}

/* Deepest first: a folder is out before the folder it was in is moved away. */
static int by_depth(const void *left, const void *right)
{
	const struct redirect *a = left, *b = right;

	return (a->depth < b->depth) - (a->depth > b->depth);
}

/* Opens the folder that holds the path's last component; the path starts with a slash. */
static int parent_open(int tree, const char *path, const char **ret_name)
{
	const char *slash = strrchr(path, '/');
	cleanup_free char *parent = slash > path ? strndup(path + 1, (size_t)(slash - path) - 1) : strdup(".");

	if (!parent)
		return -ENOMEM;
	*ret_name = slash + 1;
	return vs_openat2(tree, parent, O_PATH | O_DIRECTORY, 0, VS_BENEATH);
}

static int redirect_stage(const struct vs_delta *delta, const struct redirect *redirect, int to)
{
	char place[VS_STAGE_NAME];
	const char *name;
	struct stat status;
	cleanup_close int parent = -1;

	vs_stage_name(redirect->inode, place);
	if (faccessat(to, place, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return 0;
	parent = parent_open(delta->tree, redirect->from, &name);
	if (parent < 0 && parent != -ENOENT && parent != -ENOTDIR && parent != -ELOOP)
		return parent;
	if (parent >= 0 && fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode))
		return renameat(parent, name, to, place) < 0 ? -errno : 0;
	return mkdirat(to, place, 0700) < 0 ? -errno : 0;
}

int vs_stage_collect(const struct vs_delta *delta, int upper, int to, struct vs_error *error)
{
	cleanup_redirects struct redirects all = { 0 };
	int r = collect_from(upper, "", 0, &all, error);

	if (r < 0)
		return r;
	if (all.count > 1)
		qsort(all.items, all.count, sizeof(*all.items), by_depth);
	for (size_t i = 0; i < all.count; i++) {
		r = redirect_stage(delta, &all.items[i], to);
		if (r < 0)
			return vs_fail(error, "SettleFailed", r, "renameat", all.items[i].from);
	}
	return 0;
}
