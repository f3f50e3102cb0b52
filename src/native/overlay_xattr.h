/* What overlayfs writes on an upper layer mounted by the host's root (Documentation/filesystems/overlayfs.rst). */
#pragma once

#define VS_OVERLAY_PREFIX "trusted.overlay."
#define VS_OVERLAY_OPAQUE VS_OVERLAY_PREFIX "opaque"
#define VS_OVERLAY_REDIRECT VS_OVERLAY_PREFIX "redirect"

/* Ours, on an upper folder being folded: the mtime it had before we took anything out of it. */
#define VS_SETTLE_MTIME "trusted.vserver.mtime"

/* Longest list of attribute names read; the kernel's own limit is 64 KiB. */
#define VS_XATTR_LIST 65536

/* overlayfs takes no redirect longer than this. */
#define VS_REDIRECT_SIZE 257
