namespace VServer.Linux.Trees;

/// <summary>Walks a list of attribute names as the kernel gives it: each with its NUL.</summary>
internal static class AttributeNames
{
    /// <summary>What an attribute's value or a list of names may be long at most (XATTR_SIZE_MAX, XATTR_LIST_MAX).</summary>
    public const int LongestValue = 65536;

    /// <summary>Takes the first name off the list, with its NUL.</summary>
    public static ReadOnlySpan<byte> TakeFirst(ref ReadOnlySpan<byte> names)
    {
        int end = names.IndexOf((byte)0) + 1;
        ReadOnlySpan<byte> first = names[..end];
        names = names[end..];
        return first;
    }

    /// <summary>True when the list holds that name, given with its NUL.</summary>
    public static bool Contains(ReadOnlySpan<byte> names, ReadOnlySpan<byte> wanted)
    {
        while (!names.IsEmpty)
        {
            if (TakeFirst(ref names).SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }
}
