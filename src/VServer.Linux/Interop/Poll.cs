using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>poll(2).</summary>
internal static partial class Poll
{
    /// <summary>Waits without limit until something has come for one of them.</summary>
    public static NativeResult Wait(Span<PollDescriptor> descriptors)
    {
        NativeResult result;
        do
        {
            result = NativeResult.From(Call(descriptors, (nuint)descriptors.Length, -1));
        }
        while (result.Interrupted);

        return result;
    }

    [LibraryImport(Library.C, EntryPoint = "poll", SetLastError = true)]
    private static partial int Call(Span<PollDescriptor> descriptors, nuint count, int milliseconds);
}
