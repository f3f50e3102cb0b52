using System.Diagnostics;
using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("linux")]

namespace VServer.Provision.Tests;

/// <summary>A folder of a test's own, gone after it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vserver-provision-").FullName;

    /// <summary>Writes a shell script that can be run as a program.</summary>
    public string Script(string name, string body)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);

        // By another process: what another test's thread starts would for a moment hold our descriptor, and nobody runs what is open for writing.
        using var writer = Process.Start("/bin/sh", ["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$0\" && chmod 700 \"$0\"", path, body]);
        writer.WaitForExit();
        return writer.ExitCode == 0 ? path : throw new InvalidOperationException($"{path} could not be written.");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
