#include "check.h"

#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* What holds the lease, and does not give it up when it is asked to. */
static pid_t lease(const char *path)
{
	int ready[2];
	char byte = 0;
	pid_t pid;

	CHECK(pipe(ready) == 0);
	pid = fork();
	if (pid == 0) {
		int fd = open(path, O_RDWR | O_CLOEXEC);

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		signal(SIGIO, SIG_IGN);
		byte = fd >= 0 && fcntl(fd, F_SETLEASE, F_WRLCK) == 0;
		if (write(ready[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	CHECK(read(ready[0], &byte, 1) == 1 && byte == 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void test_leased_file_is_not_waited_for(void)
{
	char path[] = "/var/tmp/vserver-open-XXXXXX";
	int file = mkstemp(path);
	pid_t holder;

	CHECK(file >= 0 && close(file) == 0);
	holder = lease(path);
	/* A lease lasts 45 s after it was asked for; the signal ends a test that waits. */
	alarm(20);
	CHECK(vs_openat2(AT_FDCWD, path, O_RDONLY | O_NONBLOCK, 0, RESOLVE_NO_MAGICLINKS) == -EAGAIN);
	alarm(0);
	CHECK(kill(holder, SIGKILL) == 0 && waitpid(holder, NULL, 0) == holder);
	CHECK(unlink(path) == 0);
}

int main(void)
{
	test_leased_file_is_not_waited_for();
	CHECK_END();
}
