using VServer.Errors;
using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Changes inode attributes of a file known to be regular.</summary>
internal static class FlagChanger
{
    /// <summary>Sets and clears, writes only what is different, and reads back.</summary>
    public static void Change(FileDescriptor file, InodeFlags set, InodeFlags clear, UnixPath path)
    {
        InodeAttributes wantedOn = Translate(set, path);
        InodeAttributes wantedOff = Translate(clear, path);
        InodeAttributes present = Read(file, path);
        InodeAttributes wanted = (present | wantedOn) & ~wantedOff;
        if (wanted == present)
        {
            return;
        }

        SetInodeAttributes.Set(file, wanted).ThrowIfFailed("FS_IOC_SETFLAGS", "set the flags of", path);
        InodeAttributes meant = wantedOn | wantedOff;
        if ((Read(file, path) & meant) != (wanted & meant))
        {
            throw new TreeException(
                ErrorKind.Unsupported,
                0,
                "FS_IOC_SETFLAGS",
                path,
                $"Cannot set the flags of '{path}': the file system said yes and did nothing. {ErrnoTable.GetAdvice(ErrorKind.Unsupported)}");
        }
    }

    private static InodeAttributes Read(FileDescriptor file, UnixPath path)
    {
        GetInodeAttributes.Get(file, out InodeAttributes attributes).ThrowIfFailed("FS_IOC_GETFLAGS", "read the flags of", path);
        return attributes;
    }

    private static InodeAttributes Translate(InodeFlags flags, UnixPath path)
    {
        if ((flags & (InodeFlags.Encrypted | InodeFlags.Verity)) != 0)
        {
            throw new TreeException(ErrorKind.InvalidArgument, 0, "FS_IOC_SETFLAGS", path, $"Cannot set the flags of '{path}': encryption and verity are no flags to be set. Leave them out.");
        }

        return Take(flags, InodeFlags.Compressed, InodeAttributes.Compressed)
            | Take(flags, InodeFlags.Immutable, InodeAttributes.Immutable)
            | Take(flags, InodeFlags.AppendOnly, InodeAttributes.AppendOnly)
            | Take(flags, InodeFlags.NoDump, InodeAttributes.NoDump);
    }

    private static InodeAttributes Take(InodeFlags flags, InodeFlags flag, InodeAttributes attribute) =>
        (flags & flag) != 0 ? attribute : InodeAttributes.None;
}
