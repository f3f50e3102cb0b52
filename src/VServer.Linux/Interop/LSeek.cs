using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>lseek(2).</summary>
internal static partial class LSeek
{
    /// <summary>SEEK_SET.</summary>
    public const int FromStart = 0;

    /// <summary>SEEK_DATA: ENXIO when only a hole follows.</summary>
    public const int ToData = 3;

    /// <summary>SEEK_HOLE: the end of the file counts as one.</summary>
    public const int ToHole = 4;

    /// <summary>Moves the descriptor's offset; the new one is the result.</summary>
    public static NativeResult Seek(FileDescriptor file, long offset, int origin) => NativeResult.From(Call(file, (nint)offset, origin));

    [LibraryImport(Library.C, EntryPoint = "lseek", SetLastError = true)]
    private static partial nint Call(FileDescriptor file, nint offset, int origin);
}
