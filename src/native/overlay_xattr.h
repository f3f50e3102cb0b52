/* What overlayfs writes on an upper layer mounted by the host's root (Documentation/filesystems/overlayfs.rst). */
#pragma once

#define VS_OVERLAY_PREFIX "trusted.overlay."
/* How overlayfs writes down an attribute with its own prefix that somebody else has given a file: it stays. */
#define VS_OVERLAY_ESCAPED VS_OVERLAY_PREFIX "overlay."
/* "y" on a folder that hides what is below. "x", which means that it holds whiteouts of the other kind, does not. */
#define VS_OVERLAY_OPAQUE VS_OVERLAY_PREFIX "opaque"
/* On an empty file: as good as the device. Not made by the kernel, and honoured by it. */
#define VS_OVERLAY_WHITEOUT VS_OVERLAY_PREFIX "whiteout"
#define VS_OVERLAY_REDIRECT VS_OVERLAY_PREFIX "redirect"

/* Ours, on an upper folder being folded: the mtime it had before we took anything out of it. */
#define VS_SETTLE_MTIME "trusted.vserver.mtime"

/* Longest list of attribute names read; the kernel's own limit is 64 KiB. */
#define VS_XATTR_LIST 65536

/* overlayfs takes no redirect longer than this. */
#define VS_REDIRECT_SIZE 257
