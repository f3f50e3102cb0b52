using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>flock(2).</summary>
internal static partial class FLock
{
    /// <summary>LOCK_SH.</summary>
    public const int Shared = 1;

    /// <summary>LOCK_EX.</summary>
    public const int Exclusive = 2;

    /// <summary>LOCK_NB.</summary>
    public const int NonBlocking = 4;

    /// <summary>LOCK_UN.</summary>
    public const int Unlock = 8;

    /// <summary>Takes the lock or fails with EAGAIN; it lasts until the descriptor is closed.</summary>
    public static NativeResult Try(FileDescriptor file, bool shared) => Repeat(file, (shared ? Shared : Exclusive) | NonBlocking);

    /// <summary>Waits for the lock; it lasts until the descriptor is closed.</summary>
    public static NativeResult Wait(FileDescriptor file) => Repeat(file, Exclusive);

    /// <summary>LOCK_UN: gives the lock back although a copy of the descriptor may be open.</summary>
    public static void Release(int descriptor) => _ = Call(descriptor, Unlock);

    private static NativeResult Repeat(FileDescriptor file, int operation)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, operation));
        }
        while (result.Interrupted);

        file.HoldsLock |= result.Succeeded;
        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "flock", SetLastError = true)]
    private static partial int Call(FileDescriptor file, int operation);

    [LibraryImport(Library.C, EntryPoint = "flock")]
    private static partial int Call(int descriptor, int operation);
}
