using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Reads all extended attributes of an open file, for telling them.</summary>
internal static class AttributeReader
{
    /// <summary>Values by name; the names in their display form, since they are bytes.</summary>
    public static IReadOnlyDictionary<string, byte[]> ReadAll(FileDescriptor file, UnixPath path)
    {
        SortedDictionary<string, byte[]> found = new(StringComparer.Ordinal);
        byte[] value = new byte[AttributeNames.LongestValue];
        ReadOnlySpan<byte> names = AttributeComparer.List(file, new byte[AttributeNames.LongestValue], path);
        while (!names.IsEmpty)
        {
            ReadOnlySpan<byte> name = AttributeNames.TakeFirst(ref names);
            found[UnixPath.FromBytes(name[..^1]).ToString()[1..]] = AttributeComparer.Get(file, name, value, path).ToArray();
        }

        return found;
    }
}
