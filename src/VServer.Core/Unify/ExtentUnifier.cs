using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Shares two open files' bytes on disk and nothing else: both keep inode, owner, mode and times, each can be changed for itself, so that
/// neither the metadata gate nor a guard is needed. The content gate is the kernel's own, which compares and shares in one step.
/// </summary>
internal static class ExtentUnifier
{
    /// <summary>Gives a file the source's bytes on disk.</summary>
    /// <param name="file">The file whose blocks become free.</param>
    /// <param name="source">The file whose blocks stay; of the same length.</param>
    /// <param name="places">Where the source's bytes are.</param>
    /// <param name="whatIf">True to find out and do nothing.</param>
    /// <param name="freed">Bytes on disk that became free: those that the file alone had.</param>
    /// <param name="cancellation">Ends it between two pieces.</param>
    public static FileFate Share(IFile file, IFile source, in ExtentFacts places, bool whatIf, out long freed, CancellationToken cancellation)
    {
        ExtentFacts before = file.ReadExtents();
        freed = before.OwnBytes;
        if (!before.HasBlocks)
        {
            return new FileFate(SkipReason.TooSmall, "its bytes are in no block of its own", UnifyMethod.Reflink);
        }

        if (before.IsSamePlace(places))
        {
            return new FileFate(SkipReason.AlreadyShared, "", UnifyMethod.Reflink);
        }

        bool isEqual = whatIf ? file.HasSameContent(source, cancellation) : file.TryShareExtents(source, cancellation);
        return new FileFate(isEqual ? null : SkipReason.ContentDiffers, "", UnifyMethod.Reflink);
    }
}
