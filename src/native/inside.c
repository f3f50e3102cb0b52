#include "inside.h"

#include "channel.h"
#include "cleanup.h"
#include "confine.h"
#include "guestroot.h"
#include "kernel.h"
#include "loopback.h"
#include "reaper.h"
#include "rebootmgr.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

/* Where the two descriptors that we keep are put; all others are closed. */
#define CHANNEL 3
#define STATUS 4

/* We were copied with everything the monitor has open; nothing of it is ours. */
static int descriptors_drop(int channel, int status)
{
	/* Out of each other's way first. */
	channel = fcntl(channel, F_DUPFD_CLOEXEC, 10);
	status = status < 0 ? -1 : fcntl(status, F_DUPFD_CLOEXEC, 10);
	if (channel < 0 || dup3(channel, CHANNEL, O_CLOEXEC) < 0)
		return -errno;
	if (status >= 0 && dup3(status, STATUS, O_CLOEXEC) < 0)
		return -errno;
	return vs_close_from(status >= 0 ? STATUS + 1 : CHANNEL + 1);
}

static int expect(enum vs_word wanted, int *fds, unsigned int count, struct vs_error *error)
{
	int word = vs_channel_hear(CHANNEL, fds, count, error);

	if (word < 0)
		return word;
	/* The monitor is gone or has given up: nobody is left to tell. */
	if (word != (int)wanted)
		_exit(1);
	return 0;
}

static int ids_take(struct vs_error *error)
{
	if (setgroups(0, NULL) < 0)
		return vs_fail(error, "UserNamespaceFailed", errno, "setgroups", "0");
	if (setresgid(0, 0, 0) < 0)
		return vs_fail(error, "UserNamespaceFailed", errno, "setresgid", "0");
	if (setresuid(0, 0, 0) < 0)
		return vs_fail(error, "UserNamespaceFailed", errno, "setresuid", "0");
	vs_conceal();
	return 0;
}

static int surroundings_make(const struct vs_order *order, struct vs_error *error)
{
	int r = 0;

	/* Only now, when we are in the guest's cgroup, so that it is the top of what the guest sees. */
	if (unshare(CLONE_NEWCGROUP) < 0 && errno != EINVAL)
		return vs_fail(error, "CgroupFailed", errno, "unshare", "CLONE_NEWCGROUP");
	if (sethostname(order->hostname, strlen(order->hostname)) < 0)
		return vs_fail(error, "HostNameFailed", errno, "sethostname", order->hostname);
	if (order->has_own_network)
		r = vs_loopback_up(error);
	if (r >= 0 && order->link.port)
		r = vs_link_configure(&order->link, error);
	return r;
}

/* Only on the guest's root, on what systemd has got for its run, and on each other. */
static int ground_make(const struct vs_order *order, struct vs_ground *ground, struct vs_error *error)
{
	cleanup_close int run = -1;
	int r = vs_ground_add(ground, ground->root, true, error);

	if (r < 0 || order->init != VS_INIT_SYSTEMD)
		return r;
	run = vs_openat2(ground->root, "run", O_PATH | O_DIRECTORY, 0, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
	return run < 0 ? vs_fail(error, "MountFailed", run, "openat2", "run") : vs_ground_add(ground, run, true, error);
}

static int mounts_make(const struct vs_order *order, int root, struct vs_error *error)
{
	struct vs_ground ground = { .root = root };
	int r = order->mounts.count > 0 ? ground_make(order, &ground, error) : 0;

	for (size_t i = 0; r >= 0 && i < order->mounts.count; i++) {
		cleanup_close int source = -1;

		if (order->mounts.items[i].source)
			r = expect(VS_WORD_MOUNT, &source, 1, error);
		if (r >= 0)
			r = vs_mounts_place(&ground, &order->mounts.items[i], source, error);
	}
	return r;
}

static int root_make(const struct vs_order *order, int root, int host_sys, struct vs_error *error)
{
	int r = vs_guestroot_attach(root, error);

	if (r >= 0)
		r = vs_guestroot_proc(root, order->has_own_network, error);
	if (r >= 0)
		r = vs_guestroot_sys(root, host_sys, error);
	if (r >= 0)
		r = vs_guestroot_dev(root, error);
	if (r >= 0 && order->init == VS_INIT_SYSTEMD)
		r = vs_guestroot_systemd(root, error);
	/* After the kernel's own, which a link in the tree may lead to: seen then, and refused. */
	if (r >= 0)
		r = mounts_make(order, root, error);
	if (r >= 0)
		r = vs_guestroot_enter(root, error);
	return r;
}

/* An ephemeral guest has the caller's; else input is empty and output goes to the console. */
static int stdio_make(int console, struct vs_error *error)
{
	cleanup_close int null = open("/dev/null", O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY);

	if (null < 0)
		return vs_fail(error, "MountFailed", errno, "open", "/dev/null");
	if (dup2(null, 0) < 0 || dup2(console >= 0 ? console : null, 1) < 0 || dup2(console >= 0 ? console : null, 2) < 0)
		return vs_fail(error, "Internal", errno, "dup2", "");
	return 0;
}

static int root_receive(const struct vs_order *order, struct vs_error *error)
{
	int fds[VS_CHANNEL_FDS] = { -1, -1, -1, -1 };
	unsigned int count = 1, sys = 0, console = 0;
	int r;

	if (!order->has_own_network)
		sys = count++;
	if (!order->is_ephemeral)
		console = count++;
	r = expect(VS_WORD_ROOT, fds, count, error);
	if (r >= 0)
		r = root_make(order, fds[0], sys ? fds[sys] : -1, error);
	if (r >= 0 && !order->is_ephemeral)
		r = stdio_make(fds[console], error);
	for (unsigned int i = 0; i < count; i++)
		vs_close(&fds[i]);
	return r;
}

static int reboot_offer(const struct vs_order *order, struct vs_error *error)
{
	cleanup_close int listener = -1;

	if (!vs_order_has_rebootmgr(order))
		return 0;
	listener = vs_rebootmgr_make(error);
	if (listener < 0)
		return listener;
	vs_channel_say(CHANNEL, VS_WORD_REBOOT, &listener, 1);
	return 0;
}

static int become_init(const struct vs_order *order, int status, struct vs_error *error)
{
	const struct vs_reaper_order reaper = {
		.program = &order->program,
		.stopper = { .arguments = order->stop_arguments, .environment = order->program.environment },
		.status = status,
		.is_only = order->is_ephemeral,
	};
	enum vs_network_power network = vs_confine_network(order->has_own_network, order->is_privileged, order->link.port);
	int r;

	if (setsid() < 0)
		return vs_fail(error, "Internal", errno, "setsid", "");
	r = vs_confine(network, order->reboot != VS_REBOOT_IGNORE, error);
	if (r < 0)
		return r;
	if (status < 0)
		return vs_program_run(&order->program, CHANNEL, error);
	return vs_reaper_start(&reaper, CHANNEL, error);
}

_Noreturn void vs_inside_main(const struct vs_order *order, int channel, int status)
{
	struct vs_error error = { .id = "" };
	int r = descriptors_drop(channel, status);

	if (r < 0)
		_exit(1);
	r = vs_confine_keys(&error);
	if (r >= 0)
		r = expect(VS_WORD_MAPPED, NULL, 0, &error);
	if (r >= 0)
		r = ids_take(&error);
	if (r >= 0)
		r = surroundings_make(order, &error);
	if (r >= 0)
		r = root_receive(order, &error);
	if (r >= 0)
		r = reboot_offer(order, &error);
	if (r >= 0)
		become_init(order, status < 0 ? -1 : STATUS, &error);
	vs_channel_fail(CHANNEL, &error);
	_exit(1);
}
