#include "join.h"

#include "channel.h"
#include "cleanup.h"
#include "confine.h"
#include "file.h"
#include "front.h"
#include "kernel.h"
#include "run.h"
#include "tasks.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/sched.h>
#include <unistd.h>

#define CHANNEL 3
#define INIT 4

/* Its pidfd says that the pid is still its. */
static int nice_of(const struct vs_state *state)
{
	uint64_t init = 0;

	return vs_state_number(state, "init", &init) < 0 ? 0 : vs_tasks_nice((pid_t)init);
}

int vs_place_open(const char *path, struct vs_place *ret_place, struct vs_error *error)
{
	cleanup_run struct vs_run run = VS_RUN_NONE;
	cleanup_state struct vs_state state = { NULL };
	cleanup_place struct vs_place place = VS_PLACE_NONE;
	uint64_t privileged = 0, own_network = 0, may_reboot = 0;
	int r = vs_run_open(path, false, &run, error);

	if (r < 0)
		return r;
	r = vs_state_read(&run, &state);
	if (r < 0)
		return vs_fail(error, r == -ENOENT ? "NotRunning" : "RunFolderFailed", r, "open", "state");
	place.init = vs_state_process(&state, "init");
	if (place.init < 0)
		return vs_fail(error, "NotRunning", place.init, "pidfd_open", run.name);
	r = vs_cgroup_open(&run, false, &place.cgroup, error);
	if (r < 0)
		return r;
	vs_state_number(&state, "privileged", &privileged);
	vs_state_number(&state, "own-network", &own_network);
	vs_state_number(&state, "may-reboot", &may_reboot);
	place.nice = nice_of(&state);
	place.may_reboot = may_reboot == 1;
	place.is_privileged = privileged == 1;
	place.has_own_network = own_network == 1;
	place.is_linked = vs_state_text(&state, "port") != NULL;
	*ret_place = place;
	place = (struct vs_place)VS_PLACE_NONE;
	return 0;
}

void vs_place_close(struct vs_place *place)
{
	vs_close(&place->init);
	vs_cgroup_close(&place->cgroup);
}

/* We were copied with everything the caller has open. */
static int descriptors_drop(int channel, int init)
{
	channel = fcntl(channel, F_DUPFD_CLOEXEC, 10);
	init = fcntl(init, F_DUPFD_CLOEXEC, 10);
	if (channel < 0 || init < 0)
		return -errno;
	if (dup3(channel, CHANNEL, O_CLOEXEC) < 0 || dup3(init, INIT, O_CLOEXEC) < 0)
		return -errno;
	return vs_close_from(INIT + 1);
}

/* One call joins all or none. The pid namespace we were born in. */
static int namespaces_join(bool is_privileged)
{
	const int time = CLONE_NEWTIME;
	int flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWNET | CLONE_NEWCGROUP | time;
	int r;

	if (!is_privileged)
		flags |= CLONE_NEWUSER;
	r = vs_setns(INIT, flags);
	/* A kernel without time namespaces. */
	return r == -EINVAL ? vs_setns(INIT, flags & ~time) : r;
}

static int ids_take(void)
{
	if (setgroups(0, NULL) < 0 || setresgid(0, 0, 0) < 0 || setresuid(0, 0, 0) < 0)
		return -errno;
	vs_conceal();
	return 0;
}

/* Into the cgroup of version 2 where we were not born in it: cgroup is its folder then, or -1. */
static int cgroups_enter(const struct vs_place *place, int cgroup, struct vs_error *error)
{
	int r = cgroup < 0 ? 0 : vs_file_write(cgroup, "cgroup.procs", "0");

	return r < 0 ? vs_fail(error, "CgroupFailed", r, "write", "cgroup.procs") : vs_cgroup_enter(&place->cgroup, 0, error);
}

static _Noreturn void joined_main(const struct vs_place *place, const struct vs_program *program, int channel, int cgroup)
{
	struct vs_error error = { .id = "" };
	int init = INIT;
	int entered = cgroups_enter(place, cgroup, &error);
	int r = descriptors_drop(channel, place->init);

	if (r < 0)
		_exit(127);
	vs_tasks_set_nice(0, place->nice);
	r = entered < 0 ? entered : vs_confine_keys(&error);
	if (r >= 0) {
		r = namespaces_join(place->is_privileged);
		if (r < 0)
			vs_fail(&error, "NotRunning", r, "setns", "");
	}
	vs_close(&init);
	if (r >= 0) {
		r = ids_take();
		if (r < 0)
			vs_fail(&error, "UserFailed", r, "setresuid", "0");
	}
	if (r >= 0)
		r = setsid() < 0 ? vs_fail(&error, "Internal", errno, "setsid", "") : 0;
	if (r >= 0)
		r = vs_confine(vs_confine_network(place->has_own_network, place->is_privileged, place->is_linked),
			       place->may_reboot, &error);
	if (r >= 0)
		vs_program_run(program, CHANNEL, &error);
	vs_channel_fail(CHANNEL, &error);
	_exit(127);
}

pid_t vs_join_clone(const struct vs_place *place, const struct vs_program *program, int channel, int *ret_pidfd,
		    struct vs_error *error)
{
	cleanup_close int leaf = -1;
	int cgroup = vs_cgroup_birthplace(&place->cgroup);
	bool is_outside = false;
	pid_t pid;
	int r;

	vs_front_open_pipes();
	/* Of the children we make, not of ourselves. */
	r = vs_setns(place->init, CLONE_NEWPID);
	if (r < 0)
		return vs_fail(error, "NotRunning", r, "setns", "CLONE_NEWPID");
	pid = vs_clone(0, ret_pidfd, cgroup);
	/* Where the guest's systemd has handed controllers down, processes can be in the leaves only: its own is one. */
	if (pid == -EBUSY) {
		leaf = vs_openat2(cgroup, "init.scope", O_RDONLY | O_DIRECTORY, 0, VS_BENEATH);
		cgroup = leaf < 0 ? cgroup : leaf;
		pid = leaf < 0 ? pid : vs_clone(0, ret_pidfd, leaf);
	}
	/* Nothing is born in a guest that has all its processes, but one may be brought in, for whoever is to clean up there. */
	if (pid == -EAGAIN && cgroup >= 0) {
		is_outside = true;
		pid = vs_clone(0, ret_pidfd, -1);
	}
	if (pid == 0)
		joined_main(place, program, channel, is_outside ? cgroup : -1);
	/* The guest's process 1 is gone, or its cgroup is. */
	if (pid == -ENOMEM || pid == -ENODEV)
		return vs_fail(error, "NotRunning", pid, "clone3", "");
	return pid < 0 ? vs_fail(error, "NamespaceFailed", pid, "clone3", "") : pid;
}
