using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>ioctl_ficlone(2).</summary>
internal static partial class CloneFile
{
    /// <summary>FICLONE.</summary>
    public const uint Request = 0x40049409;

    /// <summary>Makes the target share all the source's extents (reflink).</summary>
    public static NativeResult Clone(FileDescriptor target, FileDescriptor source)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(target, Request, source));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Call(FileDescriptor target, nuint request, FileDescriptor source);
}
