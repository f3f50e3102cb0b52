/* Tries, in a folder below the given one called tree, the ways in which files share bytes; 0, or what the kernel said. */
#pragma once

/* A second name of one file. */
int vs_sharing_hard_link(int folder);

/* Two files that are made to share a block, as unify does it. */
int vs_sharing_reflink(int folder);
