using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>fcntl(2), the commands that take a number.</summary>
internal static partial class FileControl
{
    /// <summary>F_DUPFD_CLOEXEC.</summary>
    public const int DuplicateCloseOnExec = 1030;

    /// <summary>F_SETFL.</summary>
    public const int SetStatusFlags = 4;

    /// <summary>F_SETSIG.</summary>
    public const int SetSignal = 10;

    /// <summary>F_SETLEASE.</summary>
    public const int SetLease = 1024;

    /// <summary>F_RDLCK.</summary>
    public const int ReadLease = 0;

    /// <summary>F_UNLCK.</summary>
    public const int NoLease = 2;

    /// <summary>Does it.</summary>
    public static NativeResult Control(FileDescriptor file, int command, int argument)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(file, command, argument));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Call(FileDescriptor file, int command, nint argument);
}
