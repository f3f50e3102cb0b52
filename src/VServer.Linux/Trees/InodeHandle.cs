using System.Buffers.Binary;
using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>What leads to an inode under whatever name, and to no other that gets its number later.</summary>
internal static class InodeHandle
{
    /// <summary>The handle of a name's inode; null when the file system has none to give.</summary>
    public static byte[]? TryGet(FileDescriptor folder, ReadOnlySpan<byte> name, UnixPath path)
    {
        Span<byte> handle = stackalloc byte[NameToHandleAt.HeaderLength + NameToHandleAt.LongestHandle];
        BinaryPrimitives.WriteInt32LittleEndian(handle, NameToHandleAt.LongestHandle);
        NativeResult result = NameToHandleAt.Get(folder, name, handle);
        if (result.Error is Errno.EOPNOTSUPP or Errno.ENOENT)
        {
            return null;
        }

        result.ThrowIfFailed("name_to_handle_at", "ask for the handle of", path);
        return handle[..(NameToHandleAt.HeaderLength + BinaryPrimitives.ReadInt32LittleEndian(handle))].ToArray();
    }

    /// <summary>Opens a regular file by its handle; null when it is there no more.</summary>
    public static IFile? TryOpen(FileDescriptor folder, ReadOnlySpan<byte> handle, UnixPath path)
    {
        NativeResult opened = OpenByHandleAt.Open(folder, handle, TreeOpener.FileFlags);
        if (opened.Error is Errno.ESTALE or Errno.ENOENT)
        {
            return null;
        }

        opened.ThrowIfFailed("open_by_handle_at", "open a file below", path);
        return LinuxFile.OwnRegular(opened.Value, path, UnixPath.Root);
    }
}
