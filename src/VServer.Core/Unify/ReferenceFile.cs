using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// The reference's side of one file while it is offered to all guests: opened once, kept from writers, its guard lifted for as long as
/// names are added, and renewed when its inode can take no more names.
/// </summary>
internal sealed class ReferenceFile : IDisposable
{
    private readonly GuestFolder place;
    private readonly UnixPath name;
    private readonly UnixPath temporary;
    private readonly UnifyGuard guard;
    private IDisposable? exclusion;
    private bool sealAsked;
    private bool sealLifted;
    private bool wasSealed;
    private DigestMemory? memory;
    private UInt128 digest;
    private ExtentFacts? extents;

    private ReferenceFile(GuestFolder place, UnixPath name, UnixPath temporary, UnifyGuard guard, IFile file)
    {
        this.place = place;
        this.name = name;
        this.temporary = temporary;
        this.guard = guard;
        File = file;
        Facts = file.Facts;
    }

    /// <summary>The open file.</summary>
    public IFile File { get; private set; }

    /// <summary>What the kernel said when it was opened.</summary>
    public FileFacts Facts { get; private set; }

    /// <summary>Where its bytes are on disk.</summary>
    public ExtentFacts Extents => (extents = extents is { Place: not null } known ? known : File.ReadExtents()).Value;

    /// <summary>Opens the reference's file; null when it changed since it was found, or somebody writes to it.</summary>
    /// <param name="place">Its folder, which is there.</param>
    /// <param name="candidate">What was found.</param>
    /// <param name="temporary">A name for use while it is renewed.</param>
    /// <param name="guard">How it is to be guarded once it is shared.</param>
    /// <param name="reason">Why not, when null is returned.</param>
    public static ReferenceFile? TryOpen(GuestFolder place, in Candidate candidate, UnixPath temporary, UnifyGuard guard, out SkipReason reason)
    {
        IFile file = place.Open()!.OpenFile(candidate.Name); // The caller has seen that it is there.
        ReferenceFile opened = new(place, candidate.Name, temporary, guard, file);
        opened.exclusion = file.TryExcludeWriters();
        reason = opened.exclusion is null ? SkipReason.OpenForWriting : SkipReason.Changed;
        // Our own links change the ctime, so identity and size must do here; bytes are compared next.
        if (opened.exclusion is not null && opened.Facts.IsSameInode(candidate.Facts) && opened.Facts.Size == candidate.Facts.Size)
        {
            return opened;
        }

        opened.Dispose();
        return null;
    }

    /// <summary>True when nobody has done anything to it since it was judged equal to a guest's file.</summary>
    public bool IsStillEqualTo(IFile other) => MetadataGate.IsStill(File, Facts, other, isOurs: sealAsked);

    /// <summary>Gives the inode a name in a guest's folder.</summary>
    /// <exception cref="TreeException">Also of kind TooManyLinks, when even a renewed inode takes no more.</exception>
    public void LinkTo(IFolder target, UnixPath targetName)
    {
        LiftSeal();
        try
        {
            target.Link(File, targetName);
        }
        catch (TreeException failure) when (failure.Kind == ErrorKind.TooManyLinks)
        {
            Renew();
            target.Link(File, targetName);
        }

        Seal();
    }

    /// <summary>Finds out its digest, since a guest's file differs. It is remembered when all is done to the inode that changes its ctime.</summary>
    public UInt128 Learn(DigestMemory digests, CancellationToken cancellation)
    {
        digest = memory is null ? File.ComputeDigest(cancellation) : digest;
        memory = digests;
        return digest;
    }

    /// <summary>Says that the inode is shared, so that it gets the guard at the end.</summary>
    public void Seal() => sealAsked = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            PutSealOn();
            Remember();
        }
        finally
        {
            exclusion?.Dispose();
            File.Dispose();
        }
    }

    // Our names and seals change the ctime and nothing else; a write would change the mtime.
    private void Remember()
    {
        if (memory is not null && File.Facts is { } now && now.IsUnwrittenSince(Facts))
        {
            memory.Learn(now, digest);
        }
    }

    // A seal on an inode that nobody shared is left from guests that are gone.
    private bool IsSealNeededByOthers => sealLifted && Facts.LinkCount > 1;

    // An immutable inode takes no new name.
    private void LiftSeal()
    {
        if (!sealLifted && Facts.Flags.HasFlag(InodeFlags.Immutable))
        {
            File.ChangeFlags(InodeFlags.None, InodeFlags.Immutable);
            sealLifted = true;
        }
    }

    private void PutSealOn()
    {
        if (IsSealNeededByOthers || (sealAsked && (wasSealed || guard.HasFlag(UnifyGuard.Immutable))))
        {
            File.ChangeFlags(InodeFlags.Immutable, InodeFlags.None);
        }
    }

    // A second generation: the reference gets a copy of its own inode, which starts with one name.
    private void Renew()
    {
        IFolder folder = place.Open()!; // The file was opened in it.
        place.BeginChange();
        IFile copy = folder.CreateFile(temporary, 0);
        try
        {
            copy.CopyContentFrom(File, CancellationToken.None);
            copy.CopyMetadataFrom(File);
            copy.Flush();
            folder.Rename(temporary, name);
        }
        catch
        {
            copy.Dispose();
            folder.Unlink(temporary);
            throw;
        }

        // What was guarded before stays so, whatever guard this run was asked for: the names are the same.
        wasSealed |= IsSealNeededByOthers;
        PutSealOn();
        (sealLifted, sealAsked) = (false, false);
        exclusion?.Dispose();
        File.Dispose();
        File = copy;
        Facts = copy.Facts;
        extents = null;
        exclusion = null;
    }
}
