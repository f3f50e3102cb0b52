using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>sigset_t of the C library.</summary>
[InlineArray(Length)]
internal partial struct SignalSet
{
    /// <summary>Its size in bytes.</summary>
    public const int Length = 128;

    private byte first;

    /// <summary>All signals a program may ask for.</summary>
    public static SignalSet Full()
    {
        SignalSet set = default;
        _ = Fill(ref set);
        return set;
    }

    [LibraryImport(Library.C, EntryPoint = "sigfillset")]
    private static partial int Fill(ref SignalSet set);
}
