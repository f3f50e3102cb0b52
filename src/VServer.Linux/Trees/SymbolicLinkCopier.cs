using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>
/// Copies symlinks by name, without opening old or new: the quick way for those that have a target and times and nothing else, as nearly
/// all have. A name that changes meanwhile gives a link like one of the two; nothing is followed.
/// </summary>
internal static class SymbolicLinkCopier
{
    private const int LongestName = 256;

    /// <summary>False, with nothing made, for a symlink that has attributes or an owner of its own, and for what is no symlink.</summary>
    public static bool TryCopy(FileDescriptor source, ReadOnlySpan<byte> sourceName, FileDescriptor folder, in FileFacts folderFacts, ReadOnlySpan<byte> name, UnixPath path)
    {
        if (!Statx.Get(source, sourceName, out StatxBuffer buffer).Succeeded || !IsPlain(buffer, folderFacts) || HasAttributes(source, sourceName))
        {
            return false;
        }

        SymbolicLink.Make(folder, name, SymbolicLink.Read(source, sourceName, path), path);
        UtimeNsAt.Set(folder, name, TimeSpecification.From(buffer.Accessed), TimeSpecification.From(buffer.Modified))
            .ThrowIfFailed("utimensat", "set the times of", path);
        return true;
    }

    // Root's, as what root makes is, in a folder that does not give its group away.
    private static bool IsPlain(in StatxBuffer buffer, in FileFacts folder)
    {
        const uint SetGroupId = 0x400;
        return FactsReader.Read(buffer).Kind == FileKind.SymbolicLink
            && buffer is { UserId: 0, GroupId: 0 }
            && (folder.Permissions & SetGroupId) == 0
            && Environment.IsPrivilegedProcess;
    }

    private static bool HasAttributes(FileDescriptor source, ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestName)
        {
            return true;
        }

        Span<byte> path = stackalloc byte[FileDescriptor.ProcPathLength + LongestName];
        int length = source.WriteProcPath(path).Length;

        // In place of the NUL.
        path[length - 1] = (byte)'/';
        name.CopyTo(path[length..]);
        NativeResult listed = LListXattr.List(path[..(length + name.Length)], []);
        GC.KeepAlive(source);
        return listed.Error != Errno.EOPNOTSUPP && (!listed.Succeeded || listed.Value > 0);
    }
}
