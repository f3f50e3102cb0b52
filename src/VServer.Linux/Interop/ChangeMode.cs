using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>chmod(2).</summary>
internal static partial class ChangeMode
{
    /// <summary>Sets the twelve mode bits of what a NUL-terminated path leads to.</summary>
    public static NativeResult Change(ReadOnlySpan<byte> path, uint mode)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(path, mode));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "chmod", SetLastError = true)]
    private static partial int Call(ReadOnlySpan<byte> path, uint mode);
}
