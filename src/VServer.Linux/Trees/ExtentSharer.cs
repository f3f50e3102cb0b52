using VServer.Errors;
using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Makes two files share extents, by the kernel's own comparison (FIDEDUPERANGE).</summary>
internal static class ExtentSharer
{
    /// <summary>What btrfs does in one call, other file systems do more; short enough that Ctrl+C is heard.</summary>
    public const long PieceLength = 16 * 1024 * 1024;

    /// <summary>Gives the target the source's extents; false when their bytes differ. What was equal before that stays shared.</summary>
    public static bool TryShare(LinuxFile source, LinuxFile target, CancellationToken cancellation)
    {
        long size = source.Remember().Size;
        for (long offset = 0; offset < size;)
        {
            cancellation.ThrowIfCancellationRequested();
            long length = Math.Min(size - offset, PieceLength);
            NativeResult result = DedupeRange.Share(source.Descriptor, offset, target.Descriptor, offset, length, out long shared);
            ThrowIfFailed(result, target);
            if (result.Value == DedupeOrder.Differs)
            {
                return false;
            }

            offset += shared > 0 ? shared : throw Refused(result with { Error = Errno.EINVAL }, target);
        }

        return true;
    }

    /// <summary>
    /// True when the file's file system shares extents. Asks to share a block with itself, which every file system that can refuses as
    /// overlapping, before it does anything.
    /// </summary>
    public static bool IsPossible(LinuxFile file)
    {
        NativeResult result = DedupeRange.Share(file.Descriptor, 0, file.Descriptor, 0, 1, out _);
        return result.Error is not (Errno.EOPNOTSUPP or Errno.ENOTTY or Errno.ENOSYS);
    }

    private static void ThrowIfFailed(NativeResult result, LinuxFile target)
    {
        if (!result.Succeeded)
        {
            throw result.Error == Errno.EINVAL
                ? Refused(result, target)
                : result.Failure("FIDEDUPERANGE", "share the extents of", target.Path);
        }
    }

    // Of a length and an offset that are right, e.g. on btrfs where one file has checksums and the other none.
    private static TreeException Refused(NativeResult result, LinuxFile target) =>
        result.Failure("FIDEDUPERANGE", "share the extents of", target.Path, ErrorKind.Unsupported);
}
