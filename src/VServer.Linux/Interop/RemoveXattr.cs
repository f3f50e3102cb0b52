using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>removexattr(2).</summary>
internal static partial class RemoveXattr
{
    /// <summary>Removes an attribute of what a NUL-terminated path leads to.</summary>
    public static NativeResult Remove(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(path, name));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "removexattr", SetLastError = true)]
    private static partial int Call(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name);
}
