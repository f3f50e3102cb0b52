using VServer.Errors;
using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Reads and makes symlinks; never follows one.</summary>
internal static class SymbolicLink
{
    /// <summary>PATH_MAX, with the NUL: no file system of Linux keeps a longer target.</summary>
    public const int LongestTarget = 4096;

    /// <summary>The target of a name, or of the open symlink when the name is empty.</summary>
    public static UnixTarget Read(FileDescriptor folder, ReadOnlySpan<byte> name, UnixPath path)
    {
        Span<byte> buffer = stackalloc byte[LongestTarget + 1];
        NativeResult result = ReadLinkAt.Read(folder, name, buffer);
        result.ThrowIfFailed("readlinkat", "read the symbolic link", path);
        return new UnixTarget(buffer[..(int)result.Value].ToArray());
    }

    /// <summary>Makes one.</summary>
    public static void Make(FileDescriptor folder, ReadOnlySpan<byte> name, UnixTarget target, UnixPath path)
    {
        ReadOnlySpan<byte> bytes = target.Bytes.Span;
        if (bytes.IsEmpty || bytes.Length >= LongestTarget || bytes.Contains((byte)0))
        {
            throw new TreeException(ErrorKind.InvalidArgument, 0, "symlinkat", path, $"Cannot make the symbolic link '{path}': its target is empty, longer than 4095 bytes or holds a NUL. Give another target.");
        }

        Span<byte> terminated = stackalloc byte[bytes.Length + 1];
        bytes.CopyTo(terminated);
        terminated[^1] = 0;
        SymlinkAt.Make(terminated, folder, name).ThrowIfFailed("symlinkat", "make the symbolic link", path);
    }
}
