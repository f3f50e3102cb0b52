using System.ComponentModel;
using System.Diagnostics;
using VServer.Errors;

namespace VServer.Linux.Network;

/// <summary>A program of the host, given its orders on stdin so that no length of a command line bounds them.</summary>
/// <param name="name">What it is called.</param>
/// <param name="package">The Debian package that brings it.</param>
internal sealed class SystemProgram(string name, string package)
{
    // Where such programs are, for a caller whose PATH has none of root's.
    private static readonly string[] Folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

    /// <summary>True when the host has it.</summary>
    public bool IsThere => Found is not null;

    private string? Found => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Concat(Folders)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end.</summary>
    /// <param name="target">What it is run for, as the user named it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="orders">What it reads.</param>
    /// <returns>What it wrote.</returns>
    /// <exception cref="VServerException"><see cref="ErrorIds.ProgramMissing"/>, <see cref="ErrorIds.NetworkFailed"/>.</exception>
    public string Run(string target, IReadOnlyList<string> arguments, string orders = "")
    {
        using Process process = Start(target, arguments);
        Task<string> complaint = process.StandardError.ReadToEndAsync();
        Give(process, orders);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new VServerException(
            ErrorIds.NetworkFailed,
            ErrorKind.InvalidOperation,
            target,
            $"Cannot set up the network for '{target}': {name} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}. {complaint.Result.Trim()}");
    }

    private Process Start(string target, IReadOnlyList<string> arguments)
    {
        ProcessStartInfo info = new(Find(target), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        info.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(info)!; // Never null: nothing is reused without the shell.
        }
        catch (Win32Exception failure)
        {
            throw new VServerException(
                ErrorIds.NetworkFailed, ErrorKind.InvalidOperation, target, $"Cannot set up the network for '{target}': {info.FileName} cannot be started. {failure.Message}", failure);
        }
    }

    // One that fails early reads no more, and says why itself.
    private static void Give(Process process, string orders)
    {
        try
        {
            process.StandardInput.Write(orders);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            process.StandardInput.BaseStream.Dispose();
        }
    }

    private string Find(string target) => Found ?? throw new VServerException(
        ErrorIds.ProgramMissing,
        ErrorKind.NotFound,
        target,
        $"Cannot set up the network for '{target}': this host has no program {name}. Install the package {package} (Debian: apt-get install {package}) and repeat the command.");
}
