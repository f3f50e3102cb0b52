#!/usr/bin/env bash
# Prints one digest for each tree: of every name's type, mode, owner, size, time, target and content. Times of folders are left out, since
# not every peer keeps them. An inode is read once, however many names it has.
set -euo pipefail
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

find "$@" -type f -printf '%i %p\0' | sort -z -u -k1,1n >"$scratch/inodes"
paste -d' ' <(tr '\0' '\n' <"$scratch/inodes" | cut -d' ' -f1) \
    <(cut -z -d' ' -f2- "$scratch/inodes" | xargs -0 -r sha256sum | cut -c1-64) >"$scratch/sums"
for tree; do
    find "$tree" ! -type d -printf '%i %P %y %m %U %G %s %T@ %l\n' |
        awk 'NR == FNR { sum[$1] = $2; next } { $1 = sum[$1]; print }' "$scratch/sums" - | LC_ALL=C sort | sha256sum | cut -c1-64
done
