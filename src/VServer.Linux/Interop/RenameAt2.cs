using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>renameat2(2).</summary>
internal static partial class RenameAt2
{
    /// <summary>RENAME_NOREPLACE: fails with EEXIST when the new name is taken.</summary>
    public const uint NoReplace = 1;

    /// <summary>Renames as the flags say.</summary>
    public static NativeResult Rename(
        FileDescriptor sourceFolder, ReadOnlySpan<byte> from, FileDescriptor folder, ReadOnlySpan<byte> to, uint flags)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(sourceFolder, from, folder, to, flags));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "renameat2", SetLastError = true)]
    private static partial int Call(
        FileDescriptor sourceFolder, ReadOnlySpan<byte> from, FileDescriptor folder, ReadOnlySpan<byte> to, uint flags);
}
