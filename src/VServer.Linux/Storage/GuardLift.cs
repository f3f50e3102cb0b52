using VServer.Linux.Interop;
using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Storage;

/// <summary>
/// Takes the immutable and append-only flags off an entry, and off the folder it is in, so that its name can be removed; gives them back to
/// an inode that still has other names, for these may be other guests'.
/// </summary>
internal sealed class GuardLift : IDisposable
{
    private const InodeAttributes Guards = InodeAttributes.Immutable | InodeAttributes.AppendOnly;

    private readonly FileDescriptor? inode;
    private readonly InodeAttributes before;

    private GuardLift(FileDescriptor? inode, InodeAttributes before)
    {
        this.inode = inode;
        this.before = before;
    }

    /// <summary>Lifts what there is.</summary>
    /// <param name="folder">The folder that the name is in.</param>
    /// <param name="name">The name.</param>
    /// <param name="isInside">True when the folder is part of the tree, so that its own flags go too.</param>
    public static GuardLift Take(FileDescriptor folder, UnixPath name, bool isInside)
    {
        if (isInside)
        {
            Lift(folder);
        }

        NativeResult opened = TreeOpener.Open(folder, name.Terminated, TreeOpener.FileFlags, ResolveFlags.InsideTree);
        if (!opened.Succeeded)
        {
            return new GuardLift(null, InodeAttributes.None);
        }

        FileDescriptor inode = FileDescriptor.Own(opened.Value);
        return new GuardLift(inode, Lift(inode));
    }

    /// <summary>True for a sealed file that has other names.</summary>
    public static bool IsNeededByOthers(FileDescriptor folder, UnixPath name) =>
        Statx.Get(folder, name.Terminated, out StatxBuffer buffer).Succeeded
        && FactsReader.Read(buffer) is { Kind: FileKind.Regular, LinkCount: > 1 } facts
        && facts.Flags.HasFlag(InodeFlags.Immutable);

    /// <summary>Gives back what is needed.</summary>
    public void Restore(UnixPath path)
    {
        if (inode is not null && (before & Guards) != 0 && Statx.Get(inode, out StatxBuffer buffer).Succeeded && buffer.LinkCount > 0)
        {
            SetInodeAttributes.Set(inode, before).ThrowIfFailed("FS_IOC_SETFLAGS", "put the guard back on a file of", path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => inode?.Dispose();

    // The ioctl means something else to a device, so only files and folders are asked.
    private static InodeAttributes Lift(FileDescriptor inode)
    {
        bool isPlain = Statx.Get(inode, out StatxBuffer buffer).Succeeded
            && FactsReader.Read(buffer).Kind is FileKind.Regular or FileKind.Folder;
        if (!isPlain || !GetInodeAttributes.Get(inode, out InodeAttributes attributes).Succeeded)
        {
            return InodeAttributes.None;
        }

        if ((attributes & Guards) != 0)
        {
            _ = SetInodeAttributes.Set(inode, attributes & ~Guards);
        }

        return attributes;
    }
}
