#include "seal.h"

#include "cleanup.h"
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

static int copy_whole(int from, int to)
{
	struct stat status;
	off_t copied = 0;

	if (fstat(from, &status) < 0)
		return -errno;
	while (copied < status.st_size) {
		ssize_t sent = sendfile(to, from, NULL, (size_t)(status.st_size - copied));

		if (sent < 0)
			return -errno;
		if (sent == 0)
			return -EIO;
		copied += sent;
	}
	return 0;
}

int vs_seal_enter(char *verb, struct vs_error *error)
{
	/* Without the path: a guest may see our arguments, and the host's folders are none of its business. */
	static char name[] = "vserver-helper";
	char *const argv[] = { name, verb, NULL };
	static char *const nothing[] = { NULL };
	cleanup_close int memory = -1;
	cleanup_close int self = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	int r;

	if (self < 0)
		return vs_fail(error, "SealFailed", errno, "open", "/proc/self/exe");
	if (fcntl(self, F_GET_SEALS) == seals)
		return 0;
	memory = vs_memfd("vserver-helper");
	if (memory < 0)
		return vs_fail(error, "SealFailed", memory, "memfd_create", "");
	r = copy_whole(self, memory);
	if (r < 0)
		return vs_fail(error, "SealFailed", r, "sendfile", "");
	if (fcntl(memory, F_ADD_SEALS, seals) < 0)
		return vs_fail(error, "SealFailed", errno, "fcntl", "F_ADD_SEALS");
	syscall(SYS_execveat, memory, "", argv, nothing, AT_EMPTY_PATH);
	return vs_fail(error, "SealFailed", errno, "execveat", "");
}
