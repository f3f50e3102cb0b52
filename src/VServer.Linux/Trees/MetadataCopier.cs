using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Copies everything about an inode but its content, for every type of inode.</summary>
internal static class MetadataCopier
{
    // What chattr sets and a copy keeps; guards are no part of a copy, and only the same file system is known to have them all.
    private const InodeFlags CopiedFlags = InodeFlags.Compressed | InodeFlags.NoDump;

    /// <summary>Copies owner, group, extended attributes, mode, flags and times, in the order in which none undoes another.</summary>
    public static void Copy(FileDescriptor source, FileDescriptor target, UnixPath path) =>
        Copy(source, SeenInode.Ask(source, path), target, SeenInode.Ask(target, path).Facts, path);

    /// <summary>The same where it is known what both are.</summary>
    public static void Copy(FileDescriptor source, in SeenInode seen, FileDescriptor target, in FileFacts present, UnixPath path)
    {
        FileFacts wanted = seen.Facts;
        bool isChanged = CopyOwner(wanted, present, target, path);
        isChanged |= AttributeCopier.Copy(source, target, path);

        // After the owner, whose change clears set-user-id, and after an ACL, which changes the group's bits.
        if (wanted.Kind != FileKind.SymbolicLink && (isChanged || present.Permissions != wanted.Permissions))
        {
            SetPermissions(target, wanted.Permissions, path);
        }

        if (wanted.Kind == FileKind.Regular && wanted.Device == present.Device && ((wanted.Flags ^ present.Flags) & CopiedFlags) != 0)
        {
            FlagChanger.Change(target, wanted.Flags & CopiedFlags, ~wanted.Flags & CopiedFlags, path);
        }

        UtimeNsAt.Set(target, TimeSpecification.From(seen.Accessed), TimeSpecification.From(wanted.Modified))
            .ThrowIfFailed("utimensat", "set the times of", path);
    }

    /// <summary>Gives exactly these mode bits, whatever umask or default ACL took away or added.</summary>
    public static void SetPermissions(FileDescriptor target, uint permissions, UnixPath path)
    {
        Span<byte> buffer = stackalloc byte[FileDescriptor.ProcPathLength];
        ChangeMode.Change(target.WriteProcPath(buffer), permissions).ThrowIfFailed("chmod", "set the mode of", path);
        GC.KeepAlive(target);
    }

    private static bool CopyOwner(in FileFacts wanted, in FileFacts present, FileDescriptor target, UnixPath path)
    {
        if (present.UserId == wanted.UserId && present.GroupId == wanted.GroupId)
        {
            return false;
        }

        FChownAt.Change(target, wanted.UserId, wanted.GroupId).ThrowIfFailed("fchownat", "set the owner of", path);
        return true;
    }
}
