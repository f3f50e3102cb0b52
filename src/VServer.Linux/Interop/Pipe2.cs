using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>pipe2(2).</summary>
internal static partial class Pipe2
{
    /// <summary>Makes a pipe that no program started by others inherits.</summary>
    public static NativeResult Create(out FileDescriptor reader, out FileDescriptor writer)
    {
        Span<int> ends = stackalloc int[2];
        NativeResult result = NativeResult.From(Call(ends, (int)OpenFlags.CloseOnExec));
        reader = FileDescriptor.Own(result.Succeeded ? ends[0] : -1);
        writer = FileDescriptor.Own(result.Succeeded ? ends[1] : -1);
        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Call(Span<int> ends, int flags);
}
