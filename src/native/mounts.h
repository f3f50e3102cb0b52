/* What the guest's config has mounted in it: folders and files of the host, and memory. */
#pragma once

#include "error.h"
#include "request.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VS_MOUNTS_MAX 64

struct vs_mount {
	/* Of the host; NULL for memory. */
	const char *source;
	/* In the guest. */
	const char *target;
	bool is_read_only;
	bool is_not_executed;
	/* Owners are shown as the host has them. */
	bool is_unmapped;
	/* Of memory: bytes, and the top folder's mode. */
	uint64_t size;
	unsigned int mode;
};

struct vs_mounts {
	struct vs_mount *items;
	size_t count;
};

/* The lists mount-source, mount-target and mount-options, the n-th of each belonging together. To be freed. */
int vs_mounts_read(const struct vs_request *request, struct vs_mounts *ret_mounts, struct vs_error *error);
void vs_mounts_free(struct vs_mounts *mounts);

/* In the host's mount namespace: a detached mount of the source, its owners mapped by userns unless that is -1. */
int vs_mounts_source(const struct vs_mount *mount, int userns, struct vs_error *error);

/* Where the guest's mounts may be put: on these mounts and nowhere else. */
struct vs_ground {
	int root;
	struct {
		uint64_t id;
		/* A target that is missing may be made here: it becomes the guest's, and nobody else's. */
		bool is_the_guests;
	} mounts[VS_MOUNTS_MAX + 2];
	size_t count;
};

/* Adds the mount that fd is on. */
int vs_ground_add(struct vs_ground *ground, int fd, bool is_the_guests, struct vs_error *error);

/* In the guest: puts the source's mount, or memory when source is -1, at the target, found within root whatever links lie there. */
int vs_mounts_place(struct vs_ground *ground, const struct vs_mount *mount, int source, struct vs_error *error);
