/* System calls that the C library has no wrapper for, or a wrapper whose errno convention we don't want. */
#pragma once

#include <linux/openat2.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/*
 * How anything below a folder we don't control is opened: never out of it, never through a link, never onto
 * another file system that was mounted there.
 */
#define VS_BENEATH (RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV)

/*
 * Nobody in a guest may look into us or through our descriptors while we are in it. To be said again after each change
 * of ids, which sets this to fs.suid_dumpable.
 */
void vs_conceal(void);

/* All return 0 or positive for good and the negative errno for bad. */
int vs_openat2(int directory, const char *path, int flags, mode_t mode, uint64_t resolve);
int vs_open_tree(int directory, const char *path, unsigned int flags);
int vs_move_mount(int from, int to_directory, const char *to);
int vs_mount_setattr(int fd, uint64_t set, uint64_t clear, int userns, uint64_t propagation, unsigned int flags);
int vs_fsopen(const char *type);
int vs_fsconfig(int context, unsigned int command, const char *key, const char *value);
int vs_fsmount(int context, unsigned int attributes);
int vs_mount_private(const char *path);
int vs_umount_detached(const char *path);
int vs_pivot_root(const char *root, const char *old);
int vs_pidfd_open(pid_t pid);
int vs_pidfd_signal(int pidfd, int signal);
int vs_setns(int fd, int namespaces);
int vs_close_from(int first);
int vs_memfd(const char *name);
int vs_keyring_leave(void);

/* clone3 of a plain copy of this process: pidfd and cgroup may be NULL and -1. Returns 0 in the child. */
pid_t vs_clone(uint64_t flags, int *ret_pidfd, int cgroup);

/* Renames unless the new name is taken (-EEXIST). */
int vs_rename_new(int from, const char *name, int to, const char *new_name);

/* The attributes that chattr shows. */
int vs_inode_flags(int fd, int *ret_flags);
int vs_inode_set_flags(int fd, int flags);

/* The id of the mount that fd is on; an unsigned id of the kernel's that two descriptors of one mount share. */
int vs_mount_id(int fd, uint64_t *ret_id);

/* 1 when fd is the top of a mount. */
int vs_is_mount_root(int fd);
