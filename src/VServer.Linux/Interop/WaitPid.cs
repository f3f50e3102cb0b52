using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>waitpid(2).</summary>
internal static partial class WaitPid
{
    /// <summary>Waits for one child of ours; the runtime's own children are not touched.</summary>
    public static NativeResult Wait(int process, out int status)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(process, out status, 0));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Call(int process, out int status, int options);
}
