using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>ioctl_iflags(2), writing.</summary>
internal static partial class SetInodeAttributes
{
    /// <summary>FS_IOC_SETFLAGS.</summary>
    public const uint Request = 0x40086602;

    /// <summary>Writes all attributes of a regular file or a folder at once: read them first and change only the bits meant.</summary>
    public static NativeResult Set(FileDescriptor file, InodeAttributes attributes)
    {
        ulong value = (uint)attributes;
        return NativeResult.From(Call(file, Request, in value));
    }

    [LibraryImport(Library.C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Call(FileDescriptor file, nuint request, in ulong attributes);
}
