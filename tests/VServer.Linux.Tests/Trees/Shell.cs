using System.Diagnostics;
using System.Text;

namespace VServer.Linux.Tests.Trees;

/// <summary>Makes and looks at what the tests need with the system's own tools, so that nothing is proven by itself.</summary>
internal static class Shell
{
    /// <summary>Runs a script and gives what it printed.</summary>
    public static string Run(string script, string folder = "/", Encoding? encoding = null)
    {
        ProcessStartInfo start = new("/bin/bash", ["-euc", script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = encoding,
        };
        using Process process = Process.Start(start)!; // Null is for shell execution only.
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd() : throw new InvalidOperationException($"{script}: {errors.Result}");
    }

    /// <summary>
    /// Writes a program by another process: what another test's thread starts would for a moment hold our descriptor, and nobody runs what
    /// is open for writing.
    /// </summary>
    public static void WriteProgram(string path, string text) => Run($"cat >'{path}' <<'END OF PROGRAM'\n{text}\nEND OF PROGRAM\nchmod +x '{path}'");
}
