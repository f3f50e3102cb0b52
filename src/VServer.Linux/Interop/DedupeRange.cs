using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>ioctl_fideduperange(2).</summary>
internal static partial class DedupeRange
{
    /// <summary>FIDEDUPERANGE.</summary>
    public const uint Request = 0xC0189436;

    /// <summary>
    /// Compares a range of two files, both kept still by the kernel meanwhile, and makes the target's extents the source's when they are
    /// equal. Neither inode changes, nor does a time of it.
    /// </summary>
    /// <param name="source">The file whose extents stay.</param>
    /// <param name="sourceOffset">Where in it; a multiple of the block size.</param>
    /// <param name="target">The file whose extents go; open for reading is enough for root.</param>
    /// <param name="targetOffset">Where in it; a multiple of the block size.</param>
    /// <param name="length">How many bytes; whole blocks, unless both files end there.</param>
    /// <param name="shared">How many bytes were done, which may be fewer.</param>
    /// <returns>The value is <see cref="DedupeOrder.Same"/> or <see cref="DedupeOrder.Differs"/>.</returns>
    public static NativeResult Share(FileDescriptor source, long sourceOffset, FileDescriptor target, long targetOffset, long length, out long shared)
    {
        DedupeOrder order;
        NativeResult result;
        do
        {
            order = new()
            {
                SourceOffset = (ulong)sourceOffset,
                Length = (ulong)length,
                TargetCount = 1,
                Target = target.DangerousGetHandle(),
                TargetOffset = (ulong)targetOffset,
            };
            result = NativeResult.From(Call(source, Request, ref order));
            GC.KeepAlive(target);
        }
        while (result.Interrupted || (result.Succeeded && order.Status == -Errno.EINTR));

        shared = (long)order.Shared;
        return !result.Succeeded ? result : order.Status < 0 ? new NativeResult(-1, -order.Status) : new NativeResult(order.Status, 0);
    }

    [LibraryImport(Library.C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Call(FileDescriptor source, nuint request, ref DedupeOrder order);
}
