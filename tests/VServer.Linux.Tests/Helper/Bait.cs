using System.Diagnostics;
using System.Globalization;

namespace VServer.Linux.Tests.Helper;

/// <summary>What a host has that no guest may reach: a file, sockets, shared memory, queues and a process. tests/native/attempts/bait.c.</summary>
internal sealed class Bait : IDisposable
{
    private readonly Process process;

    public Bait(GuestImage image)
    {
        Number = 0x20000000 + Environment.ProcessId;
        ProcessStartInfo start = new($"{Path.GetDirectoryName(image.Helper)}/check/attempts", ["bait", Text(Number)]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        process = Process.Start(start)!; // Null is for shell execution only.
        if (process.StandardOutput.ReadLine()?.StartsWith("ready", StringComparison.Ordinal) != true)
        {
            throw new InvalidOperationException("The bait could not be put up.");
        }
    }

    public int Number { get; }

    /// <summary>The program of the attempts, told what to reach for.</summary>
    public string[] Attempts => ["/bin/attempts", Text(Number), Text(process.Id)];

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
