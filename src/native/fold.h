/* Folding an overlay's upper folder into the tree it covers. */
#pragma once

#include "delta.h"

/*
 * Moves what is in upper to its place in tree until upper is empty, and gives tree's top the metadata of upper's.
 * staged holds the renamed folders (stage.h) and serves as trash. Every step leaves a state from which the same
 * call goes on to the same end. An inode that other guests may share is only ever unlinked or renamed over.
 */
int vs_fold(int upper, int tree, int staged, int cancel_fd, struct vs_settled *ret_settled, struct vs_error *error);
