using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Reads extended attributes by the /proc path of a descriptor, which works for inodes of every type.</summary>
internal static class PathAttributes
{
    /// <summary>The names of all attributes, each with its NUL.</summary>
    public static ReadOnlySpan<byte> List(ReadOnlySpan<byte> inode, Span<byte> buffer, UnixPath path)
    {
        NativeResult result = ListXattr.List(inode, buffer);
        if (result.Error == Errno.ERANGE)
        {
            buffer = new byte[AttributeNames.LongestValue];
            result = ListXattr.List(inode, buffer);
        }

        if (result.Error == Errno.EOPNOTSUPP)
        {
            return [];
        }

        result.ThrowIfFailed("listxattr", "list the attributes of", path);
        return buffer[..(int)result.Value];
    }

    /// <summary>The value of one attribute, whose name is given with its NUL.</summary>
    public static ReadOnlySpan<byte> Get(ReadOnlySpan<byte> inode, ReadOnlySpan<byte> name, Span<byte> buffer, UnixPath path)
    {
        NativeResult result = GetXattr.Get(inode, name, buffer);
        if (result.Error == Errno.ERANGE)
        {
            buffer = new byte[AttributeNames.LongestValue];
            result = GetXattr.Get(inode, name, buffer);
        }

        result.ThrowIfFailed("getxattr", "read an attribute of", path);
        return buffer[..(int)result.Value];
    }
}
