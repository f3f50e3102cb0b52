using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>linkat(2).</summary>
internal static partial class LinkAt
{
    /// <summary>Gives an inode another name. An empty source name means the inode that is open.</summary>
    public static NativeResult Link(FileDescriptor source, ReadOnlySpan<byte> sourceName, FileDescriptor folder, ReadOnlySpan<byte> name, AtFlags flags)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(source, sourceName, folder, name, flags));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "linkat", SetLastError = true)]
    private static partial int Call(FileDescriptor source, ReadOnlySpan<byte> sourceName, FileDescriptor folder, ReadOnlySpan<byte> name, AtFlags flags);
}
