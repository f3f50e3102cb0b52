/* Collects the folders that the guest has renamed, before anything in the tree is overwritten or removed. */
#pragma once

#include "delta.h"

/*
 * Each folder of upper with a redirect is the continuation of a folder elsewhere in the tree. That one is renamed
 * into "to" under the name d<inode of the upper folder>; an empty folder stands in where there is none. Repeatable.
 */
int vs_stage_collect(const struct vs_delta *delta, int upper, int to, struct vs_error *error);

/* The name that the folder with this inode number has among those collected. */
#define VS_STAGE_NAME 24
void vs_stage_name(uint64_t inode, char name[VS_STAGE_NAME]);
