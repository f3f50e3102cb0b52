using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Reads the extended attributes of an inode of any type, for telling or comparing them by name.</summary>
internal static class AttributeReader
{
    // Labels, capabilities and short ACLs fit.
    private const int UsualLength = 512;

    /// <summary>Values by name; the names in their display form, since they are bytes.</summary>
    /// <param name="inode">What is open, even if only to be asked about.</param>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="isWanted">Says by its name whether an attribute is read.</param>
    public static IReadOnlyDictionary<string, byte[]> Read(FileDescriptor inode, UnixPath path, Func<string, bool> isWanted)
    {
        SortedDictionary<string, byte[]> found = new(StringComparer.Ordinal);
        ReadOnlySpan<byte> place = inode.WriteProcPath(stackalloc byte[FileDescriptor.ProcPathLength]);
        Span<byte> buffer = stackalloc byte[UsualLength];
        ReadOnlySpan<byte> names = PathAttributes.List(place, stackalloc byte[UsualLength], path);
        while (!names.IsEmpty)
        {
            ReadOnlySpan<byte> attribute = AttributeNames.TakeFirst(ref names);
            string name = UnixPath.FromBytes(attribute[..^1]).ToString()[1..];
            if (isWanted(name))
            {
                found[name] = PathAttributes.Get(place, attribute, buffer, path).ToArray();
            }
        }

        GC.KeepAlive(inode);
        return found;
    }
}
