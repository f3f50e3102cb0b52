using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>shutdown(2).</summary>
internal static partial class Shutdown
{
    /// <summary>SHUT_RDWR.</summary>
    public const int Both = 2;

    /// <summary>Ends both directions at once, also for whoever is reading in another thread.</summary>
    public static NativeResult End(FileDescriptor socket) => NativeResult.From(Call(socket, Both));

    [LibraryImport(Library.C, EntryPoint = "shutdown", SetLastError = true)]
    private static partial int Call(FileDescriptor socket, int how);
}
