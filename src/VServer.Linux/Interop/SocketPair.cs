using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>socketpair(2), for two connected local stream sockets.</summary>
internal static partial class SocketPair
{
    /// <summary>AF_UNIX.</summary>
    public const int Local = 1;

    /// <summary>SOCK_STREAM.</summary>
    public const int Stream = 1;

    /// <summary>SOCK_CLOEXEC.</summary>
    public const int CloseOnExec = 0x80000;

    /// <summary>Makes a pair that no program started by others inherits.</summary>
    public static NativeResult Create(out FileDescriptor first, out FileDescriptor second)
    {
        Span<int> ends = stackalloc int[2];
        NativeResult result = NativeResult.From(Call(Local, Stream | CloseOnExec, 0, ends));
        first = FileDescriptor.Own(result.Succeeded ? ends[0] : -1);
        second = FileDescriptor.Own(result.Succeeded ? ends[1] : -1);
        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "socketpair", SetLastError = true)]
    private static partial int Call(int domain, int type, int protocol, Span<int> ends);
}
