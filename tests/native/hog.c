/*
 * Takes more than its share, from inside a guest with limits: each bounded by itself, so that it does no harm where
 * nothing else bounds it. hog forks N | memory MIB | spin MILLISECONDS PROCESSES | nice [VALUE] | read FILE MILLISECONDS
 * | watch N [hold]
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MIB (1024UL * 1024)
#define BLOCK 4096

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static void children_wait(void)
{
	while (wait(NULL) > 0 || errno == EINTR)
		;
}

/* How many processes there can be at once. */
static int forks(int most)
{
	pid_t children[1000];
	int made = 0;

	while (made < most && made < 1000) {
		pid_t pid = fork();

		if (pid < 0)
			break;
		if (pid == 0) {
			for (;;)
				pause();
		}
		children[made++] = pid;
	}
	printf("forked %d\n", made);
	for (int i = 0; i < made; i++)
		kill(children[i], SIGKILL);
	children_wait();
	return 0;
}

static int memory(size_t most)
{
	int ends[2], status;
	size_t taken = 0;
	pid_t pid;

	if (pipe(ends) < 0)
		return 2;
	pid = fork();
	if (pid == 0) {
		for (size_t i = 0; i < most; i++) {
			char *block = mmap(NULL, MIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

			if (block == MAP_FAILED)
				_exit(1);
			memset(block, 1, MIB);
			if (write(ends[1], "", 1) != 1)
				_exit(1);
		}
		_exit(0);
	}
	close(ends[1]);
	for (char byte; read(ends[0], &byte, 1) == 1;)
		taken++;
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return 2;
	printf("%s %zu\n", WIFSIGNALED(status) ? "killed" : "took", taken);
	return 0;
}

/* Processor time that some processes got while so much time went by. */
static int spin(long milliseconds, int processes)
{
	long long began = now();
	struct rusage usage;

	for (int i = 0; i < processes; i++) {
		if (fork() == 0) {
			while (now() - began < milliseconds)
				;
			_exit(0);
		}
	}
	children_wait();
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("used %lld of %lld\n",
	       (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000LL + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000,
	       now() - began);
	return 0;
}

static int nice_show(const char *wanted)
{
	if (wanted && setpriority(PRIO_PROCESS, 0, (int)strtol(wanted, NULL, 10)) < 0)
		printf("refused ");
	printf("nice %d\n", getpriority(PRIO_PROCESS, 0));
	return 0;
}

/* Blocks read past the page cache while so much time went by. */
static int read_blocks(const char *path, long milliseconds)
{
	int fd = open(path, O_RDONLY | O_DIRECT);
	long long began = now();
	unsigned int seed = (unsigned int)getpid();
	long count = 0;
	struct stat status;
	void *block;

	if (fd < 0 || fstat(fd, &status) < 0 || posix_memalign(&block, BLOCK, BLOCK) != 0)
		return 2;
	while (now() - began < milliseconds) {
		off_t place = rand_r(&seed) % (status.st_size / BLOCK) * BLOCK;

		if (pread(fd, block, BLOCK, place) != BLOCK)
			return 2;
		count++;
	}
	printf("read %ld\n", count);
	return 0;
}

/* Instances of inotify, which are counted by user. */
static int watch(int number, bool is_held)
{
	int count = 0;

	while (count < number && inotify_init1(IN_CLOEXEC) >= 0)
		count++;
	printf("watches %d\n", count);
	fflush(stdout);
	if (is_held)
		pause();
	return 0;
}

int main(int argc, char **argv)
{
	long number = argc > 2 ? strtol(argv[2], NULL, 10) : 0;

	if (argc == 3 && strcmp(argv[1], "forks") == 0)
		return forks((int)number);
	if (argc == 3 && strcmp(argv[1], "memory") == 0)
		return memory((size_t)number);
	if (argc == 4 && strcmp(argv[1], "spin") == 0)
		return spin(number, (int)strtol(argv[3], NULL, 10));
	if (argc >= 2 && strcmp(argv[1], "nice") == 0)
		return nice_show(argv[2]);
	if (argc == 4 && strcmp(argv[1], "read") == 0)
		return read_blocks(argv[2], strtol(argv[3], NULL, 10));
	if (argc >= 3 && strcmp(argv[1], "watch") == 0)
		return watch((int)number, argc == 4);
	return 2;
}
