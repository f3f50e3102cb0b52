/* Mounting, which would undo what the root is made of. */
#include "attempts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALL(name, ...)                                          \
	static bool try_##name(void)                             \
	{                                                        \
		return attempt_reached(syscall(__VA_ARGS__));    \
	}

/* The kernel looks at the permission before it looks for the type. */
CALL(mount, SYS_mount, "none", "/tmp", "no-such-type", 0, NULL)
CALL(remount, SYS_mount, NULL, "/proc/sys", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL)
CALL(bind_mount, SYS_mount, "/no/such/folder", "/tmp", NULL, MS_BIND, NULL)
CALL(move_mount, SYS_move_mount, -1, NULL, -1, NULL, 0xffffffff)
CALL(open_tree, SYS_open_tree, -1, "", OPEN_TREE_CLONE | AT_EMPTY_PATH)
CALL(fsopen, SYS_fsopen, "no-such-type", 0)
CALL(fspick, SYS_fspick, -1, NULL, 0)
CALL(mount_setattr, SYS_mount_setattr, -1, "", AT_EMPTY_PATH, NULL, MOUNT_ATTR_SIZE_VER0)
CALL(pivot_root, SYS_pivot_root, "/no/such/folder", "/no/such/folder")

/* A folder that nothing is mounted on, so that it says so. */
static bool try_umount(void)
{
	bool done;

	mkdir("/tmp/attempt-umount", 0700);
	done = attempt_reached(syscall(SYS_umount2, "/tmp/attempt-umount", 0));
	rmdir("/tmp/attempt-umount");
	return done;
}

/* No range: refused, where it is not refused before. */
static bool try_trim(void)
{
	struct fstrim_range none = { .len = 0, .minlen = ~0ULL };
	int root = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = root >= 0 && attempt_reached(syscall(SYS_ioctl, root, FITRIM, &none)) && errno != ENOTTY &&
		    errno != EOPNOTSUPP;

	if (root >= 0)
		close(root);
	return done;
}

const struct attempt attempts_mounts[] = {
	ATTEMPT(mount),	 ATTEMPT(remount), ATTEMPT(bind_mount),	   ATTEMPT(move_mount), ATTEMPT(open_tree), ATTEMPT(fsopen),
	ATTEMPT(fspick), ATTEMPT(umount),  ATTEMPT(mount_setattr), ATTEMPT(pivot_root), ATTEMPT(trim),	    ATTEMPTS_END,
};
