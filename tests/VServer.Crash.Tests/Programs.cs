using System.Diagnostics;

namespace VServer.Crash.Tests;

/// <summary>The programs that the harness needs, built when they are first asked for.</summary>
internal static class Programs
{
    private static readonly Lazy<string> Built = new(Build);

    /// <summary>The checkout that the tests were built from.</summary>
    public static string Repository { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The tracer.</summary>
    public static string Fault => $"{Built.Value}/fault";

    /// <summary>Shows trees.</summary>
    public static string View => $"{Built.Value}/view";

    /// <summary>The native helper.</summary>
    public static string Helper => $"{Repository}/out/native/vserver-helper";

    /// <summary>Does one piece of work a line.</summary>
    public static string Worker { get; } = Path.Combine(AppContext.BaseDirectory, "VServer.Crash.Worker.dll");

    /// <summary>Runs a script and gives what it printed.</summary>
    public static string Shell(string script, string folder = "/") => Run("/bin/bash", folder, "-euc", script);

    /// <summary>Runs a program and gives what it printed.</summary>
    public static string Run(string program, string folder, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!; // Null is for shell execution only.
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {errors.Result}");
    }

    private static string Build()
    {
        string output = $"{Repository}/out/crash";
        Shell($"make -s -C '{Repository}/tests/crash/native' OUT='{output}'; make -s -C '{Repository}/src/native' all OUT='{Repository}/out/native' >/dev/null");
        return output;
    }

    private static string Find(string folder) => File.Exists(Path.Combine(folder, "VServer.psd1"))
        ? folder
        : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests lie outside of a checkout."));
}
