using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace VServer.Crash;

/// <summary>Reads lines from standard input without taking more than its own, since the tracer reads from there too.</summary>
internal sealed partial class OrderReader : IDisposable
{
    // No descriptor: closing it does nothing, and the tracer knows by it that a piece of work has ended.
    private const int Marker = -4242;

    private readonly FileStream input = new(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 1);

    /// <summary>The next line; null at the end.</summary>
    public string? Next()
    {
        _ = Close(Marker);
        List<char> line = [];
        int next = input.ReadByte();
        while (next is not (-1 or '\n'))
        {
            line.Add((char)next);
            next = input.ReadByte();
        }

        return next == -1 && line.Count == 0 ? null : new string([.. line]);
    }

    /// <inheritdoc/>
    public void Dispose() => input.Dispose();

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
