using System.Runtime.InteropServices;

namespace VServer.Engine;

/// <summary>Device, inode and link count of a file, by statx(2), whose layout is the same on every machine.</summary>
internal readonly partial record struct FileStatus(ulong Device, ulong Inode, uint Links)
{
    private const int CurrentDirectory = -100;
    private const int FollowLinks = 0;
    private const uint BasicFields = 0x7ff;

    public static unsafe bool TryRead(string path, out FileStatus status)
    {
        // Offsets from the kernel's struct statx: nlink 16, ino 32, dev_major 136, dev_minor 140; 256 bytes in all.
        var buffer = stackalloc byte[256];
        var found = Statx(CurrentDirectory, path, FollowLinks, BasicFields, buffer) == 0;
        status = found
            ? new FileStatus(
                ((ulong)*(uint*)(buffer + 136) << 32) | *(uint*)(buffer + 140),
                *(ulong*)(buffer + 32),
                *(uint*)(buffer + 16))
            : default;
        return found;
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* buffer);
}
