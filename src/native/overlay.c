#include "overlay.h"

#include "cleanup.h"
#include "idmap.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <linux/securebits.h>
#include <stdio.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* The kernel explains a refused fsconfig on the context itself, as "e overlay: ...". */
static int refused(int context, int number, const char *call, const char *what, struct vs_error *error)
{
	char log[VS_TEXT];
	ssize_t length = read(context, log, sizeof(log) - 1);

	if (length < 0)
		length = 0;
	log[length] = '\0';
	log[strcspn(log, "\n")] = '\0';
	return vs_fail_detail(error, "OverlayFailed", number, call, what, log);
}

static int set(int context, const char *key, const char *value, struct vs_error *error)
{
	int r = vs_fsconfig(context, FSCONFIG_SET_STRING, key, value);

	return r < 0 ? refused(context, r, "fsconfig", key, error) : 0;
}

/* By descriptor: names with commas, colons or links in them never reach overlayfs's option parser. */
static int set_folder(int context, const char *key, int fd, struct vs_error *error)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return set(context, key, path, error);
}

static int configure(int context, int lower, int upper, int work, bool is_volatile, struct vs_error *error)
{
	int r = set(context, "source", "vserver", error);

	if (r >= 0)
		r = set_folder(context, "lowerdir", lower, error);
	if (r >= 0)
		r = set_folder(context, "upperdir", upper, error);
	if (r >= 0)
		r = set_folder(context, "workdir", work, error);
	if (r >= 0)
		r = set(context, "redirect_dir", "on", error);
	if (r >= 0)
		r = set(context, "index", "off", error);
	if (r >= 0)
		r = set(context, "metacopy", "off", error);
	if (r >= 0 && is_volatile)
		r = vs_fsconfig(context, FSCONFIG_SET_FLAG, "volatile", NULL);
	return r;
}

/*
 * overlayfs writes to the upper layer as whoever mounts it, and the id map of the layer knows only the guest's ids: mounted
 * as the host's root it would silently be read-only. So we are the guest's root towards file systems for the moment,
 * keeping our capabilities.
 */
static int mount_as(int context, uint32_t id)
{
	int r;

	if (prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) < 0)
		return -errno;
	setfsgid(id);
	setfsuid(id);
	r = (uint32_t)setfsuid((uid_t)-1) == id ? vs_fsconfig(context, FSCONFIG_CMD_CREATE, NULL, NULL) : -EPERM;
	setfsuid(0);
	setfsgid(0);
	vs_conceal();
	if (prctl(PR_SET_SECUREBITS, 0) < 0)
		return -errno;
	return r;
}

struct layers {
	/* The two mounts, and the two folders on the second. */
	int lower;
	int layer;
	int upper;
	int work;
};

/* The child of mount_attached: only it sees the two mounts, and they go with it. */
static int attach_and_mount(int context, const struct layers *layers, uint32_t id)
{
	int r = vs_mount_private("/");

	if (r >= 0)
		r = vs_move_mount(layers->lower, AT_FDCWD, "/sys");
	if (r >= 0)
		r = vs_move_mount(layers->layer, AT_FDCWD, "/dev");
	return r < 0 ? r : mount_as(context, id);
}

/*
 * Older kernels (6.1 is one) want a layer mounted in the namespace of whoever mounts the overlay. A process with our
 * descriptors and a namespace of its own does it: nothing of it is ever seen on the host.
 */
static int mount_attached(int context, const struct layers *layers, uint32_t id)
{
	pid_t pid = vs_clone(CLONE_NEWNS | CLONE_FILES, NULL, -1);
	int status;

	if (pid == 0)
		_exit(-attach_and_mount(context, layers, id));
	if (pid < 0)
		return pid;
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? -WEXITSTATUS(status) : -EIO;
}

static int try_mount(const struct layers *layers, uint32_t id, bool is_volatile, bool is_attached, struct vs_error *error)
{
	cleanup_close int context = vs_fsopen("overlay");
	int r;

	if (context < 0)
		return vs_fail(error, "OverlayFailed", context, "fsopen", "overlay");
	r = configure(context, layers->lower, layers->upper, layers->work, is_volatile, error);
	if (r < 0)
		return r;
	r = is_attached ? mount_attached(context, layers, id) : mount_as(context, id);
	if (r < 0)
		return refused(context, r, "fsconfig", "FSCONFIG_CMD_CREATE", error);
	/* No devices: a node that lies in the tree must not open the host's disk. */
	r = vs_fsmount(context, MOUNT_ATTR_NODEV);
	return r < 0 ? vs_fail(error, "OverlayFailed", r, "fsmount", "overlay") : r;
}

static int mount_layers(const struct layers *layers, uint32_t id, bool is_volatile, struct vs_error *error)
{
	struct vs_error first = { .id = "" };
	int mount = try_mount(layers, id, is_volatile, false, &first);

	if (mount == -EINVAL)
		return try_mount(layers, id, is_volatile, true, error);
	if (mount < 0)
		*error = first;
	return mount;
}

int vs_overlay_mount(const struct vs_delta *delta, int userns, uint32_t base, bool is_volatile, struct vs_error *error)
{
	cleanup_close int lower = vs_idmap_clone(delta->tree, userns, error);
	cleanup_close int layer = -1;
	cleanup_close int upper = -1;
	cleanup_close int work = -1;
	struct layers layers;

	if (lower < 0)
		return lower;
	layer = vs_idmap_clone(delta->folder, userns, error);
	if (layer < 0)
		return layer;
	upper = vs_openat2(layer, delta->upper, O_PATH | O_DIRECTORY, 0, VS_BENEATH);
	work = vs_openat2(layer, delta->work, O_PATH | O_DIRECTORY, 0, VS_BENEATH);
	if (upper < 0 || work < 0)
		return vs_fail(error, "OverlayFailed", upper < 0 ? upper : work, "openat2", delta->upper);
	layers = (struct layers){ .lower = lower, .layer = layer, .upper = upper, .work = work };
	return mount_layers(&layers, userns < 0 ? 0 : base, is_volatile, error);
}
