/* Scope-bound descriptors, memory and children. A destructor never changes errno. */
#pragma once

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/* close() is never retried: on Linux the descriptor is gone even when it was interrupted. */
static inline void vs_close(int *fd)
{
	int saved = errno;

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = saved;
}

static inline void vs_free(void *pointer)
{
	void **memory = pointer;

	free(*memory);
	*memory = NULL;
}

static inline void vs_closedir(DIR **directory)
{
	int saved = errno;

	if (*directory)
		closedir(*directory);
	*directory = NULL;
	errno = saved;
}

#define cleanup_close __attribute__((cleanup(vs_close)))
#define cleanup_free __attribute__((cleanup(vs_free)))
#define cleanup_closedir __attribute__((cleanup(vs_closedir)))

/* Disarms a cleanup: the caller takes the descriptor over. */
static inline int vs_take(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}
