using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>sync_file_range(2).</summary>
internal static partial class SyncFileRange
{
    /// <summary>SYNC_FILE_RANGE_WRITE.</summary>
    public const uint StartWriting = 2;

    /// <summary>Starts writing the whole content to disk and waits for nothing: no promise, but less left to wait for.</summary>
    public static NativeResult Start(FileDescriptor file) => NativeResult.From(Call(file, 0, 0, StartWriting));

    [LibraryImport(Library.C, EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int Call(FileDescriptor file, long offset, long length, uint flags);
}
