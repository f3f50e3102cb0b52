using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Compares the extended attributes of two open files.</summary>
internal static class AttributeComparer
{
    // Labels, capabilities and short ACLs fit; whatever is longer gets its own buffer.
    private const int UsualLength = 512;

    /// <summary>True when both have the same names with the same values, in whatever order.</summary>
    public static bool AreEqual(FileDescriptor left, UnixPath leftPath, FileDescriptor right, UnixPath rightPath)
    {
        ReadOnlySpan<byte> leftNames = List(left, stackalloc byte[UsualLength], leftPath);
        ReadOnlySpan<byte> rightNames = List(right, stackalloc byte[UsualLength], rightPath);
        if (leftNames.Length != rightNames.Length)
        {
            return false;
        }

        // Lists of one length, and every name of the left also on the right: then the right has no others.
        Span<byte> leftBuffer = stackalloc byte[UsualLength];
        Span<byte> rightBuffer = stackalloc byte[UsualLength];
        while (!leftNames.IsEmpty)
        {
            ReadOnlySpan<byte> name = AttributeNames.TakeFirst(ref leftNames);
            bool same = AttributeNames.Contains(rightNames, name)
                && Get(left, name, leftBuffer, leftPath).SequenceEqual(Get(right, name, rightBuffer, rightPath));
            if (!same)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The names of all attributes, each with its NUL.</summary>
    public static ReadOnlySpan<byte> List(FileDescriptor file, Span<byte> buffer, UnixPath path)
    {
        NativeResult result = FListXattr.List(file, buffer);
        if (result.Error == Errno.ERANGE)
        {
            buffer = new byte[AttributeNames.LongestValue];
            result = FListXattr.List(file, buffer);
        }

        // A file system without attributes has files without attributes.
        if (result.Error == Errno.EOPNOTSUPP)
        {
            return [];
        }

        result.ThrowIfFailed("flistxattr", "list the attributes of", path);
        return buffer[..(int)result.Value];
    }

    /// <summary>The value of one attribute, whose name is given with its NUL.</summary>
    public static ReadOnlySpan<byte> Get(FileDescriptor file, ReadOnlySpan<byte> name, Span<byte> buffer, UnixPath path)
    {
        NativeResult result = FGetXattr.Get(file, name, buffer);
        if (result.Error == Errno.ERANGE)
        {
            buffer = new byte[AttributeNames.LongestValue];
            result = FGetXattr.Get(file, name, buffer);
        }

        result.ThrowIfFailed("fgetxattr", "read an attribute of", path);
        return buffer[..(int)result.Value];
    }
}
