using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>name_to_handle_at(2).</summary>
internal static partial class NameToHandleAt
{
    /// <summary>MAX_HANDLE_SZ: the most bytes a handle has.</summary>
    public const int LongestHandle = 128;

    /// <summary>The length and the type before the bytes.</summary>
    public const int HeaderLength = 8;

    /// <summary>Writes a struct file_handle, whose first number says how many bytes it may have; a symlink is not followed.</summary>
    public static NativeResult Get(FileDescriptor folder, ReadOnlySpan<byte> name, Span<byte> handle)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(folder, name, handle, out _, 0));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "name_to_handle_at", SetLastError = true)]
    private static partial int Call(FileDescriptor folder, ReadOnlySpan<byte> name, Span<byte> handle, out int mount, int flags);
}
