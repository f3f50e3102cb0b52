using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>ioctl_iflags(2), reading.</summary>
internal static partial class GetInodeAttributes
{
    /// <summary>FS_IOC_GETFLAGS.</summary>
    public const uint Request = 0x80086601;

    /// <summary>Reads the attributes of a regular file or a folder; on anything else the ioctl could mean something to a driver.</summary>
    public static NativeResult Get(FileDescriptor file, out InodeAttributes attributes)
    {
        // Declared as long in the kernel's header, but an int is what it reads and writes; room for a long in case some file system believes the header.
        ulong value = 0;
        NativeResult result = NativeResult.From(Call(file, Request, ref value));
        attributes = (InodeAttributes)(uint)value;
        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Call(FileDescriptor file, nuint request, ref ulong attributes);
}
