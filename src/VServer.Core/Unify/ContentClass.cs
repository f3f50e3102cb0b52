using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Equal files that become one inode: the first found stays, and is held open and kept from writers while others are compared with it and
/// give it their names.
/// </summary>
internal sealed class ContentClass : IDisposable
{
    private readonly IDisposable exclusion;
    private readonly FileFacts before;
    private readonly UnifyGuard guard;
    private bool sealLifted;

    private ContentClass(IFile file, IDisposable exclusion, FileFacts facts, ContentInode inode, UnifyGuard guard)
    {
        this.guard = guard;
        File = file;
        this.exclusion = exclusion;
        before = facts;
        Inode = inode;
    }

    /// <summary>The open file.</summary>
    public IFile File { get; }

    /// <summary>The inode that stays.</summary>
    public ContentInode Inode { get; }

    /// <summary>The digest of its bytes, when it is known.</summary>
    public UInt128? Digest { get; set; }

    /// <summary>True when another file came to share its bytes on disk, or did before.</summary>
    public bool HasTwin { get; set; }

    /// <summary>True when its fate was told.</summary>
    public bool IsTold { get; set; }

    /// <summary>How many names it was given.</summary>
    public uint Gained { get; set; }

    /// <summary>Adds an open file to those known, which own it then; false when it changed since it was found or somebody writes to it.</summary>
    public static bool TryAdd(IFile file, ContentInode inode, UnifyGuard guard, List<ContentClass> known, out SkipReason reason)
    {
        IDisposable? exclusion = file.TryExcludeWriters();
        FileFacts facts = file.Facts;
        reason = exclusion is null ? SkipReason.OpenForWriting : SkipReason.Changed;
        if (exclusion is not null && facts.IsUnchangedSince(inode.Facts))
        {
            known.Add(new ContentClass(file, exclusion, facts, inode, guard));
            return true;
        }

        exclusion?.Dispose();
        file.Dispose();
        return false;
    }

    /// <summary>Takes the guard off for as long as names are added: an immutable inode takes none.</summary>
    public void LiftSeal()
    {
        if (!sealLifted && before.Flags.HasFlag(InodeFlags.Immutable))
        {
            File.ChangeFlags(InodeFlags.None, InodeFlags.Immutable);
            sealLifted = true;
        }
    }

    /// <summary>The two gates that need the files open. What turns out to differ is read for its digest, so that no later run reads it again.</summary>
    public bool IsEqualTo(ContentClass other, CancellationToken cancellation)
    {
        if (IsKnownToDiffer(other) || !File.HasSameAttributes(other.File))
        {
            return false;
        }

        if (File.HasSameContent(other.File, cancellation))
        {
            return true;
        }

        Learn(other, cancellation);
        return false;
    }

    /// <summary>True when both were read before and are not equal.</summary>
    public bool IsKnownToDiffer(ContentClass other) => Digest is { } known && other.Digest is { } others && known != others;

    /// <summary>Finds out the digests of two that turned out to differ.</summary>
    public void Learn(ContentClass other, CancellationToken cancellation)
    {
        Digest ??= File.ComputeDigest(cancellation);
        other.Digest ??= other.File.ComputeDigest(cancellation);
    }

    /// <summary>Has the digest remembered, when nothing but names were given to the inode or taken away since it was opened.</summary>
    public void Remember(DigestMemory memory)
    {
        if (Digest is { } digest && File.Facts is { } now && IsStill(now))
        {
            memory.Learn(now, digest);
        }
    }

    /// <summary>True when nobody has done anything to it since it was judged equal to the other.</summary>
    public bool IsStillEqualTo(ContentClass other) => MetadataGate.IsStill(File, before, other.File, isOurs: Gained > 0);

    /// <summary>True when a name leads to this inode and nothing was done to it; names taken away one after another change its ctime, and its guard, alone.</summary>
    public bool IsStill(in FileFacts now) => now.IsUnchangedButForNamesSince(before);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (sealLifted || (Gained > 0 && guard.HasFlag(UnifyGuard.Immutable)))
            {
                File.ChangeFlags(InodeFlags.Immutable, InodeFlags.None);
            }
        }
        finally
        {
            // Closing gives the lease back, too.
            File.Dispose();
            exclusion.Dispose();
        }
    }
}
