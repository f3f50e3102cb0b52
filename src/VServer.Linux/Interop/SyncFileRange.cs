using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>sync_file_range(2).</summary>
internal static partial class SyncFileRange
{
    /// <summary>SYNC_FILE_RANGE_WAIT_BEFORE.</summary>
    public const uint WaitBefore = 1;

    /// <summary>SYNC_FILE_RANGE_WRITE.</summary>
    public const uint StartWriting = 2;

    /// <summary>SYNC_FILE_RANGE_WAIT_AFTER.</summary>
    public const uint WaitAfter = 4;

    /// <summary>Starts writing the whole content to disk and waits for nothing: no promise, but less left to wait for.</summary>
    public static NativeResult Start(FileDescriptor file) => NativeResult.From(Call(file, 0, 0, StartWriting));

    /// <summary>Returns when the whole content is written; says nothing of the metadata that leads to it.</summary>
    public static NativeResult Finish(FileDescriptor file)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, 0, 0, WaitBefore | StartWriting | WaitAfter));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "sync_file_range", SetLastError = true)]
    private static partial int Call(FileDescriptor file, long offset, long length, uint flags);
}
