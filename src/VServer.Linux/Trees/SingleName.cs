using VServer.Errors;

namespace VServer.Linux.Trees;

/// <summary>Lets only single components pass: the calls that take a name would follow symlinks in front of the last slash, and <c>..</c> leads out.</summary>
internal static class SingleName
{
    /// <summary>The NUL-terminated name.</summary>
    /// <exception cref="TreeException">It is empty, <c>.</c>, <c>..</c> or holds a slash.</exception>
    public static ReadOnlySpan<byte> Check(UnixPath folder, UnixPath name)
    {
        ReadOnlySpan<byte> bytes = name.Bytes;
        bool isSingle = !bytes.IsEmpty && !bytes.SequenceEqual("."u8) && !bytes.SequenceEqual(".."u8) && !bytes.Contains((byte)'/');
        return isSingle ? name.Terminated : throw Refuse(folder, name);
    }

    private static TreeException Refuse(UnixPath folder, UnixPath name) => new(
        ErrorKind.InvalidArgument,
        0,
        "name",
        name,
        $"Cannot use '{name}' as a name in '{folder}': it is no single component. Open the folder that holds it first.");
}
