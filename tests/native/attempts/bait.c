/* What a host has that no guest may reach, put up for as long as the input is open. */
#include "attempts.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

struct bait {
	int shared_memory;
	int messages;
	int semaphores;
};

int bait_port(void)
{
	return 20000 + bait_number % 10000;
}

static int listen_at(int family, const struct sockaddr *address, socklen_t size)
{
	int on = 1, fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	return bind(fd, address, size) < 0 || listen(fd, 64) < 0 ? -1 : fd;
}

static int sockets_make(void)
{
	struct sockaddr_in loopback = { .sin_family = AF_INET, .sin_port = htons((uint16_t)bait_port()) };
	struct sockaddr_un abstract = { .sun_family = AF_UNIX };
	int length = snprintf(abstract.sun_path + 1, sizeof(abstract.sun_path) - 1, "vserver-bait-%d", bait_number);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);

	loopback.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (listen_at(AF_INET, (const struct sockaddr *)&loopback, sizeof(loopback)) < 0)
		return -1;
	return listen_at(AF_UNIX, (const struct sockaddr *)&abstract, size);
}

static int file_make(const char *folder)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "%s/vserver-bait-%d", folder, bait_number);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	return fd < 0 ? -1 : close(fd);
}

static void file_remove(const char *folder)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/vserver-bait-%d", folder, bait_number);
	unlink(path);
}

static int objects_make(struct bait *bait)
{
	char name[64];
	long queue;

	snprintf(name, sizeof(name), "vserver-bait-%d", bait_number);
	queue = syscall(SYS_mq_open, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666, NULL);
	bait->shared_memory = shmget(bait_number, 4096, IPC_CREAT | IPC_EXCL | 0666);
	bait->messages = msgget(bait_number, IPC_CREAT | IPC_EXCL | 0666);
	bait->semaphores = semget(bait_number, 1, IPC_CREAT | IPC_EXCL | 0666);
	return queue < 0 || bait->shared_memory < 0 || bait->messages < 0 || bait->semaphores < 0 ? -1 : 0;
}

static void objects_remove(const struct bait *bait)
{
	char name[64];

	snprintf(name, sizeof(name), "vserver-bait-%d", bait_number);
	syscall(SYS_mq_unlink, name);
	shmctl(bait->shared_memory, IPC_RMID, NULL);
	msgctl(bait->messages, IPC_RMID, NULL);
	semctl(bait->semaphores, 0, IPC_RMID);
}

int bait_main(int number)
{
	struct bait bait;
	char byte;
	int r;

	bait_number = number;
	umask(0);
	r = objects_make(&bait);
	if (r >= 0)
		r = sockets_make();
	if (r >= 0)
		r = file_make("/var/tmp");
	if (r >= 0)
		r = file_make("/dev/shm");
	if (r < 0) {
		perror("bait");
	} else {
		printf("ready %d %d\n", number, getpid());
		fflush(stdout);
		while (read(0, &byte, 1) > 0)
			;
	}
	file_remove("/var/tmp");
	file_remove("/dev/shm");
	objects_remove(&bait);
	return r < 0;
}
