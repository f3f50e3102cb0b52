using System.ComponentModel;
using System.Diagnostics;

namespace VServer.Provision;

/// <summary>How a program that was run to its end ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output, trimmed.</param>
/// <param name="Error">What it wrote to standard error, trimmed.</param>
public sealed record ChildResult(int ExitCode, string Output, string Error)
{
    /// <summary>The first lines of what it said, for a message.</summary>
    public string Summary
    {
        get
        {
            var lines = (Error.Length > 0 ? Error : Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return lines.Length > 0 ? string.Join("; ", lines.Take(3)) : "it said nothing";
        }
    }
}

/// <summary>Runs a program with no standard input and takes what it writes.</summary>
public static class ChildProcess
{
    /// <summary>Runs a program to its end, or kills it when it takes longer than allowed.</summary>
    /// <exception cref="EngineUnavailableException">It cannot be started, or did not end in time.</exception>
    public static ChildResult Run(string program, IEnumerable<string> arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new EngineUnavailableException($"{program} did not end within {limit.TotalSeconds:0} seconds.");
        }

        process.WaitForExit();
        return new ChildResult(process.ExitCode, output.GetAwaiter().GetResult().Trim(), error.GetAwaiter().GetResult().Trim());
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new EngineUnavailableException($"{start.FileName} cannot be started: {failure.Message}.", failure);
        }
    }
}
