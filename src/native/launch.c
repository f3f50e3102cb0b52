#include "launch.h"

#include "birth.h"
#include "channel.h"
#include "cleanup.h"
#include "idmap.h"
#include "inside.h"
#include "kernel.h"
#include "overlay.h"
#include "process.h"
#include "tasks.h"
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/mount.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Both ends of what connects monitor and guest. */
struct links {
	int channel[2];
	int console[2];
	int status[2];
};

static void links_close(struct links *links)
{
	for (int i = 0; i < 2; i++) {
		vs_close(&links->channel[i]);
		vs_close(&links->console[i]);
		vs_close(&links->status[i]);
	}
}
#define cleanup_links __attribute__((cleanup(links_close)))

static int pipe_make(int ends[2], struct vs_error *error)
{
	return pipe2(ends, O_CLOEXEC) < 0 ? vs_fail(error, "Internal", errno, "pipe2", "") : 0;
}

static int links_make(const struct vs_order *order, struct links *links, struct vs_error *error)
{
	int r = vs_channel_make(links->channel, error);

	/* The others' process 1 is a program of the guest. */
	if (r >= 0 && (order->init == VS_INIT_REAPER || order->init == VS_INIT_SCRIPT))
		r = pipe_make(links->status, error);
	if (r < 0 || order->is_ephemeral)
		return r;
	r = pipe_make(links->console, error);
	/* Every user of the guest may open /dev/stdout of a process that has it. */
	if (r >= 0 && (fchmod(links->console[1], 0666) < 0 || fcntl(links->console[0], F_SETFL, O_NONBLOCK) < 0))
		r = vs_fail(error, "Internal", errno, "fchmod", "console");
	return r;
}

static int map_and_open(const struct vs_order *order, pid_t init, struct vs_error *error)
{
	int r;

	if (order->is_privileged)
		return -1;
	r = vs_idmap_write(init, order->id_base, error);
	return r < 0 ? r : vs_idmap_open(init, error);
}

/* A network namespace that isn't the guest's own gives it no sysfs of its own: it gets the host's, read-only. */
static int host_sys_clone(struct vs_error *error)
{
	const uint64_t attributes = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
	cleanup_close int mount = vs_open_tree(AT_FDCWD, "/sys", OPEN_TREE_CLONE);
	int r;

	if (mount < 0)
		return vs_fail(error, "MountFailed", mount, "open_tree", "/sys");
	/* Private: what the host mounts below it later must not show up in the guest. */
	r = vs_mount_setattr(mount, attributes, 0, -1, MS_PRIVATE, 0);
	return r < 0 ? vs_fail(error, "MountFailed", r, "mount_setattr", "/sys") : vs_take(&mount);
}

/* Order as vs_inside_main expects: root, sys where it has none of its own, console where it has one. */
static int root_send(const struct vs_order *order, const struct links *links, int root, struct vs_error *error)
{
	cleanup_close int sys = -1;
	int fds[VS_CHANNEL_FDS] = { root };
	unsigned int count = 1;
	int r;

	if (!order->has_own_network) {
		sys = host_sys_clone(error);
		if (sys < 0)
			return sys;
		fds[count++] = sys;
	}
	if (!order->is_ephemeral)
		fds[count++] = links->console[1];
	r = vs_channel_say(links->channel[0], VS_WORD_ROOT, fds, count);
	/* A broken channel is a child that has failed: it is heard below. */
	return r == -EPIPE ? 0 : r;
}

/* One by one: a message takes few descriptors. */
static int mounts_send(const struct vs_order *order, int channel, int userns, struct vs_error *error)
{
	for (size_t i = 0; i < order->mounts.count; i++) {
		cleanup_close int mount = -1;
		int r;

		if (!order->mounts.items[i].source)
			continue;
		mount = vs_mounts_source(&order->mounts.items[i], userns, error);
		if (mount < 0)
			return mount;
		r = vs_channel_say(channel, VS_WORD_MOUNT, &mount, 1);
		/* As with the root. */
		if (r < 0)
			return r == -EPIPE ? 0 : vs_fail(error, "Internal", r, "sendmsg", "mount");
	}
	return 0;
}

static int await(const struct vs_order *order, int channel, struct vs_guest *guest, struct vs_error *error)
{
	if (vs_order_has_rebootmgr(order)) {
		int word = vs_channel_hear(channel, &guest->reboot, 1, error);

		if (word != VS_WORD_REBOOT)
			return word < 0 ? word : vs_fail(error, "Internal", EPROTO, "recvmsg", "reboot");
	}
	if (order->program.terminal) {
		guest->terminal = vs_terminal_receive(channel, error);
		if (guest->terminal < 0)
			return guest->terminal;
	}
	return vs_channel_await_program(channel, error);
}

static int equip(const struct vs_order *order, const struct vs_delta *delta, const struct links *links,
		 struct vs_guest *guest, struct vs_error *error)
{
	cleanup_close int root = -1;
	cleanup_close int userns = map_and_open(order, guest->init, error);
	int r;

	if (userns < 0 && !order->is_privileged)
		return userns;
	if (order->link.port) {
		r = vs_link_attach(&order->link, guest->child, error);
		if (r < 0)
			return r;
	}
	vs_channel_say(links->channel[0], VS_WORD_MAPPED, NULL, 0);
	root = vs_overlay_mount(delta, userns, order->id_base, order->is_discarded, error);
	if (root < 0)
		return root;
	r = root_send(order, links, root, error);
	if (r < 0)
		return vs_fail(error, "Internal", r, "sendmsg", "");
	vs_close(&root);
	r = mounts_send(order, links->channel[0], userns, error);
	if (r < 0)
		return r;
	return await(order, links->channel[0], guest, error);
}

static int identify(struct vs_guest *guest, struct vs_error *error)
{
	int r = vs_process_pid(guest->pidfd, &guest->init);

	if (r >= 0)
		r = vs_process_start_time(guest->init, &guest->init_start);
	return r < 0 ? vs_fail(error, "Internal", r, "read", "/proc") : 0;
}

static void kill_and_wait(const struct vs_guest *guest)
{
	vs_pidfd_signal(guest->pidfd, SIGKILL);
	while (waitpid(guest->child, NULL, 0) < 0 && errno == EINTR)
		;
}

/* While it is one process still, whose children will have it too; the caller's own value is not the guest's. */
static int nice_set(pid_t child, int nice, struct vs_error *error)
{
	int r = vs_tasks_set_nice(child, nice);

	return r < 0 ? vs_fail(error, "LimitFailed", r, "setpriority", "nice") : 0;
}

int vs_launch(const struct vs_order *order, const struct vs_delta *delta, const struct vs_cgroup *cgroup, int nice,
	      struct vs_guest *ret_guest, struct vs_error *error)
{
	cleanup_links struct links links = { { -1, -1 }, { -1, -1 }, { -1, -1 } };
	cleanup_guest struct vs_guest guest = VS_GUEST_NONE;
	int r = links_make(order, &links, error);

	if (r < 0)
		return r;
	guest.child = vs_birth(order, vs_cgroup_birthplace(cgroup), &guest.pidfd);
	if (guest.child == 0)
		vs_inside_main(order, links.channel[1], links.status[1]);
	if (guest.child < 0)
		return vs_fail(error, "NamespaceFailed", guest.child, "clone3", "");
	vs_close(&links.channel[1]);
	vs_close(&links.status[1]);
	r = vs_cgroup_enter(cgroup, guest.child, error);
	if (r >= 0)
		r = nice_set(guest.child, nice, error);
	if (r >= 0)
		r = identify(&guest, error);
	if (r >= 0)
		r = equip(order, delta, &links, &guest, error);
	if (r < 0) {
		kill_and_wait(&guest);
		return r;
	}
	guest.console = vs_take(&links.console[0]);
	guest.status = vs_take(&links.status[0]);
	*ret_guest = guest;
	guest = (struct vs_guest)VS_GUEST_NONE;
	return 0;
}

void vs_guest_close(struct vs_guest *guest)
{
	vs_close(&guest->pidfd);
	vs_close(&guest->console);
	vs_close(&guest->terminal);
	vs_close(&guest->status);
	vs_close(&guest->reboot);
}
