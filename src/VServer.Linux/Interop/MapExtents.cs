using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>ioctl_fiemap: where on disk a file's bytes are.</summary>
internal static partial class MapExtents
{
    /// <summary>FS_IOC_FIEMAP.</summary>
    public const uint Request = 0xC020660B;

    /// <summary>Gives the extents from an offset on, as many as there is room for in the buffer.</summary>
    /// <param name="file">A regular file.</param>
    /// <param name="start">The offset, in bytes.</param>
    /// <param name="buffer">Room for the question and the answer; the answer points into it.</param>
    /// <param name="extents">The extents.</param>
    public static NativeResult Get(FileDescriptor file, ulong start, Span<byte> buffer, out ReadOnlySpan<FileExtent> extents)
    {
        int header = Unsafe.SizeOf<ExtentQuery>();
        Span<FileExtent> room = MemoryMarshal.Cast<byte, FileExtent>(buffer[header..]);
        ref ExtentQuery query = ref MemoryMarshal.AsRef<ExtentQuery>(buffer[..header]);
        NativeResult result;
        do
        {
            query = new ExtentQuery { Start = start, Length = ulong.MaxValue - start, Room = (uint)room.Length };
            result = NativeResult.From(Call(file, Request, ref MemoryMarshal.GetReference(buffer)));
        }
        while (result.Interrupted);

        extents = result.Succeeded ? room[..(int)query.Found] : [];
        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Call(FileDescriptor file, nuint request, ref byte query);
}
