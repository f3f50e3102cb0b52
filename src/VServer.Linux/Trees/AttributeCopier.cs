using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>
/// Copies extended attributes between inodes of any type: by the /proc path of the descriptor, since the calls that take a descriptor
/// refuse those of symlinks, fifos and devices.
/// </summary>
internal static class AttributeCopier
{
    private const int UsualLength = 512;

    /// <summary>Gives the target the source's attributes and no others.</summary>
    /// <returns>False when neither has any, as is the rule: nothing was changed.</returns>
    /// <exception cref="Errors.TreeException">Also when the target's file system cannot keep one: a copy without it would be another file.</exception>
    public static bool Copy(FileDescriptor source, FileDescriptor target, UnixPath path)
    {
        if (HasNone(source) && HasNone(target))
        {
            return false;
        }

        ReadOnlySpan<byte> from = source.WriteProcPath(stackalloc byte[FileDescriptor.ProcPathLength]);
        ReadOnlySpan<byte> to = target.WriteProcPath(stackalloc byte[FileDescriptor.ProcPathLength]);
        ReadOnlySpan<byte> wanted = PathAttributes.List(from, stackalloc byte[UsualLength], path);
        ReadOnlySpan<byte> present = PathAttributes.List(to, stackalloc byte[UsualLength], path);
        RemoveOthers(to, present, wanted, path);

        Span<byte> buffer = stackalloc byte[UsualLength];
        while (!wanted.IsEmpty)
        {
            ReadOnlySpan<byte> name = AttributeNames.TakeFirst(ref wanted);
            SetXattr.Set(to, name, PathAttributes.Get(from, name, buffer, path)).ThrowIfFailed("setxattr", "set an attribute of", path);
        }

        GC.KeepAlive(source);
        GC.KeepAlive(target);
        return true;
    }

    // Three times as quick as by path, but not to be had for what is open only to be asked about.
    private static bool HasNone(FileDescriptor inode)
    {
        NativeResult listed = FListXattr.List(inode, []);
        return listed.Error == Errno.EOPNOTSUPP || (listed.Succeeded && listed.Value == 0);
    }

    // A folder's default ACL is inherited by what is made in it.
    private static void RemoveOthers(ReadOnlySpan<byte> target, ReadOnlySpan<byte> present, ReadOnlySpan<byte> wanted, UnixPath path)
    {
        while (!present.IsEmpty)
        {
            ReadOnlySpan<byte> name = AttributeNames.TakeFirst(ref present);
            if (!AttributeNames.Contains(wanted, name))
            {
                RemoveXattr.Remove(target, name).ThrowIfFailed("removexattr", "remove an attribute of", path);
            }
        }
    }
}
