using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>utimensat(2).</summary>
internal static partial class UtimeNsAt
{
    /// <summary>Sets access and modification time of what is open, be it a symlink.</summary>
    public static NativeResult Set(FileDescriptor descriptor, TimeSpecification accessed, TimeSpecification modified)
    {
        ReadOnlySpan<TimeSpecification> times = [accessed, modified];
        return NativeResult.From(Call(descriptor, "\0"u8, times, AtFlags.EmptyPath));
    }

    /// <summary>The same for a NUL-terminated name in a folder; a symlink is not followed.</summary>
    public static NativeResult Set(FileDescriptor folder, ReadOnlySpan<byte> name, TimeSpecification accessed, TimeSpecification modified)
    {
        ReadOnlySpan<TimeSpecification> times = [accessed, modified];
        return NativeResult.From(Call(folder, name, times, AtFlags.NoFollow));
    }

    [LibraryImport(Library.C, EntryPoint = "utimensat", SetLastError = true)]
    private static partial int Call(FileDescriptor descriptor, ReadOnlySpan<byte> name, ReadOnlySpan<TimeSpecification> times, AtFlags flags);
}
