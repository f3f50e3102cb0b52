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

    /// <summary>Runs in a guest and changes it.</summary>
    public static string Change => $"{Built.Value}/change";

    /// <summary>Shows trees.</summary>
    public static string View => $"{Built.Value}/view";

    /// <summary>The native helper.</summary>
    public static string Helper => $"{Repository}/out/native/vserver-helper";

    /// <summary>Does one piece of work a line, with the assemblies alone.</summary>
    public static string[] Worker(string store) =>
        [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "VServer.Crash.Worker.dll"), store, Helper]; // A program always has a path.

    /// <summary>The same with the cmdlets of the built module.</summary>
    public static string[] Engine(string store) =>
        ["/bin/sh", "-c", "exec \"$@\" 3<&0 </dev/null", "sh", Pwsh, "-NoProfile", "-NonInteractive", "-File", $"{Repository}/tests/crash/engine/Worker.ps1", store, Module];

    // The engine of this checkout, which has built what is to be tested.
    private static string Pwsh => File.Exists($"{Repository}/.engine/pwsh") ? $"{Repository}/.engine/pwsh" : "pwsh";

    private static string Module => Directory.GetFiles($"{Repository}/out/VServer", "VServer.psd1", SearchOption.AllDirectories).Single();

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
