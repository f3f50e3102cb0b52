#include "disks.h"

#include "cleanup.h"
#include "file.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

static bool has_bfq(int disks, const char *name)
{
	char path[300], text[256];

	snprintf(path, sizeof(path), "%s/queue/scheduler", name);
	return vs_file_read(disks, path, text, sizeof(text)) >= 0 && strstr(text, "[bfq]");
}

/* A line a disk, and one disk is enough. */
static bool has_cost_model(int v2)
{
	char text[4096];

	return vs_file_read(v2, "io.cost.qos", text, sizeof(text)) >= 0 && strstr(text, "enable=1");
}

bool vs_disks_weigh(int v2)
{
	cleanup_closedir DIR *disks = NULL;
	struct dirent *entry;

	if (v2 >= 0 && has_cost_model(v2))
		return true;
	disks = opendir("/sys/block");
	while (disks && (entry = readdir(disks)))
		if (has_bfq(dirfd(disks), entry->d_name))
			return true;
	return false;
}
