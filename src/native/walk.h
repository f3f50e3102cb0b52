/* Reading one folder of a tree that is not trusted, entry by entry. */
#pragma once

#include "error.h"

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>

/*
 * The most levels walked. A guest can nest folders without end, and a level costs descriptors and stack; beyond it the
 * delta stays as it is (TooDeep).
 */
#define VS_WALK_DEPTH 2000

/* Descriptors that settling holds for a level, and those it has besides. */
#define VS_WALK_DESCRIPTORS 4
#define VS_WALK_SPARE 64

struct vs_walk {
	DIR *entries;
	unsigned int depth;
	/* The entry last read. */
	char name[NAME_MAX + 1];
	unsigned char type;
};

#define VS_WALK_NONE { .entries = NULL }

int vs_walk_open(struct vs_walk *walk, int folder, unsigned int depth, struct vs_error *error);
void vs_walk_close(struct vs_walk *walk);
#define cleanup_walk __attribute__((cleanup(vs_walk_close)))

/* 1 when name and type are those of the next entry, 0 at the end. */
int vs_walk_next(struct vs_walk *walk, struct vs_error *error);

/* Starts over, to meet what a pass missed while entries were taken out. */
void vs_walk_again(struct vs_walk *walk);

/* The folder itself. */
int vs_walk_folder(const struct vs_walk *walk);
bool vs_walk_is_folder(const struct vs_walk *walk);

/* Opens the entry last read, which is a folder; without changing its atime where that can be had. */
int vs_walk_enter(const struct vs_walk *walk, struct vs_error *error);
