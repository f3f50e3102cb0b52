/* What a guest sees of the kernel: its /proc, /sys and /dev, and the change to its own root. */
#pragma once

#include "error.h"

#include <stdbool.h>

/* Attaches a detached mount on the top of this mount namespace, for the rest to be attached in it. */
int vs_guestroot_attach(int root, struct vs_error *error);

/* Makes the attached root the only one: nothing of the host is mounted any more after it. */
int vs_guestroot_enter(int root, struct vs_error *error);

/*
 * A folder of the guest's root for a kernel file system to be mounted on: made when missing, refused as
 * MountPointUnsafe when it is a link or anything else, since the tree is the guest's to prepare.
 */
int vs_guestroot_place(int root, const char *name, struct vs_error *error);

/* A new instance of a file system as a detached mount. options: pairs of key and value, NULL-terminated; or NULL. */
int vs_guestroot_instance(const char *type, const char *const *options, unsigned int attributes,
			  struct vs_error *error);

/* Attaches a detached mount on a place. */
int vs_guestroot_cover(int mount, int place, const char *name, struct vs_error *error);

/* Mounts one there and gives its root, since what comes below it is to be found in it. */
int vs_guestroot_mount(int root, const char *name, const char *type, const char *const *options, unsigned int attributes,
		       struct vs_error *error);

/* Mounts the guest's own instance of proc, with what shows or moves the host hidden or read-only. */
int vs_guestroot_proc(int root, bool own_network, struct vs_error *error);

/* Mounts sys read-only: an instance of the guest's network namespace, or the given clone of the host's. */
int vs_guestroot_sys(int root, int host_sys, struct vs_error *error);

/* Covers a folder below base with an empty one that nobody may read; does nothing where there is none. */
int vs_guestroot_hide(int base, const char *name, struct vs_error *error);

/* Mounts a fresh dev with the harmless devices, pts, shm and mqueue. */
int vs_guestroot_dev(int root, struct vs_error *error);

/*
 * What systemd must find mounted, since it may not mount itself: run, and the guest's own cgroup as the whole of version 2. It is to be
 * called in the guest's cgroup namespace.
 */
int vs_guestroot_systemd(int root, struct vs_error *error);

/* A detached mount of the host's device, its number verified: whatever lies at the path, the guest gets this or nothing. */
int vs_guestroot_device(const char *path, unsigned int major_number, unsigned int minor_number, struct vs_error *error);
