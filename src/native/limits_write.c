#include "limits.h"

#include "file.h"

#include <errno.h>
#include <stdio.h>

#define PERIOD 100000
#define WEIGHT_USUAL 100

/* Several spellings of one thing: what this kernel has of them is written, and one of them at least. */
static int write_any(int folder, const char *const names[], const char *text)
{
	int r = -ENOENT;

	for (; *names; names++) {
		int written = vs_file_write(folder, *names, text);

		if (written < 0 && written != -ENOENT)
			return written;
		r = written == 0 ? 0 : r;
	}
	return r;
}

static int memory_set(int folder, bool is_v1, uint64_t bytes)
{
	static const char limit[] = "memory.limit_in_bytes", with_swap[] = "memory.memsw.limit_in_bytes";
	char text[24];
	int r;

	snprintf(text, sizeof(text), "%lld", bytes ? (long long)bytes : -1LL);
	if (!is_v1) {
		/* Absent where the kernel has no swap. */
		r = vs_file_write(folder, "memory.swap.max", bytes ? "0" : "max");
		return r < 0 && r != -ENOENT ? r : vs_file_write(folder, "memory.max", bytes ? text : "max");
	}
	/* The one with swap is never the lower one: first up, last down. */
	vs_file_write(folder, with_swap, text);
	r = vs_file_write(folder, limit, text);
	if (r < 0)
		return r;
	r = vs_file_write(folder, with_swap, text);
	return r == -ENOENT ? 0 : r;
}

static int pids_set(int folder, uint64_t count)
{
	char text[24];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)count);
	return vs_file_write(folder, "pids.max", count ? text : "max");
}

static int cpu_set(int folder, bool is_v1, uint64_t thousandths)
{
	unsigned long long quota = thousandths * (PERIOD / 1000);
	char text[40];

	if (is_v1) {
		snprintf(text, sizeof(text), "%lld", thousandths ? (long long)quota : -1LL);
		return vs_file_write(folder, "cpu.cfs_quota_us", text);
	}
	snprintf(text, sizeof(text), "%llu %d", quota, PERIOD);
	return vs_file_write(folder, "cpu.max", thousandths ? text : "max");
}

static int io_set(int folder, bool is_v1, uint64_t weight)
{
	static const char *const v1[] = { "blkio.bfq.weight", "blkio.weight", NULL };
	static const char *const v2[] = { "io.bfq.weight", "io.weight", NULL };
	char text[24];
	int r;

	snprintf(text, sizeof(text), "%llu", (unsigned long long)(weight ? weight : WEIGHT_USUAL));
	r = write_any(folder, is_v1 ? v1 : v2, text);
	/* Without bfq and io.cost there is no weight, so none to be lifted. */
	return r == -ENOENT && weight == 0 ? 0 : r;
}

/* Among the guests and the host's services: a process's own nice value counts only among those of its cgroup. */
static int share_set(int folder, bool is_v1, int nice)
{
	unsigned int shares = 1024;
	char text[16];

	for (int i = 0; i < nice; i++)
		shares = shares * 4 / 5;
	for (int i = 0; i > nice; i--)
		shares = shares * 5 / 4;
	snprintf(text, sizeof(text), "%d", is_v1 ? (int)shares : nice);
	return vs_file_write(folder, is_v1 ? "cpu.shares" : "cpu.weight.nice", text);
}

int vs_limits_write(int folder, bool is_v1, enum vs_controller controller, const struct vs_limits *limits)
{
	switch (controller) {
	case VS_CPU: {
		int r = cpu_set(folder, is_v1, limits->cpu_max);

		return r < 0 ? r : share_set(folder, is_v1, limits->nice);
	}
	case VS_IO:
		return io_set(folder, is_v1, limits->io_weight);
	case VS_MEMORY:
		return memory_set(folder, is_v1, limits->memory_max);
	case VS_PIDS:
		return pids_set(folder, limits->pids_max);
	case VS_CONTROLLERS:
		break;
	}
	return -EINVAL;
}
