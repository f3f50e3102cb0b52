using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;
using System.Text;
using Microsoft.PowerShell.Commands;

namespace VServer.Engine;

/// <summary>What Start-Process does instead of calling CreateProcess.</summary>
public static class StartProcess
{
    /// <summary>Takes what would be refused: a profile of the registry is loaded on Windows only.</summary>
    public static void IgnoreUserProfile(ProcessStartInfo start, bool load)
    {
    }

    /// <summary>Leads every start to <see cref="Start"/>.</summary>
    public static bool Always(ProcessStartInfo start) => true;

    /// <summary>Starts the process, its streams redirected by a shell that becomes it.</summary>
    public static Process? Start(StartProcessCommand command, ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(start);
        try
        {
            Redirect(command, start);
            return Process.Start(start);
        }
        catch (Win32Exception failure)
        {
            var message = $"This command cannot be run due to the error: {failure.Message}.";
            command.ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException(message, failure), "InvalidOperationException", ErrorCategory.InvalidOperation, null));
            return null;
        }
    }

    private static void Redirect(StartProcessCommand command, ProcessStartInfo start)
    {
        var script = new StringBuilder();
        var files = new List<string>();
        Add("<", command.RedirectStandardInput);
        Add(">", command.RedirectStandardOutput);
        Add("2>", command.RedirectStandardError);
        // A program that is not there is an error of the cmdlet, not of the shell.
        if (files.Count == 0 || !File.Exists(start.FileName))
        {
            return;
        }

        start.Arguments = string.Join(' ', [
            "-c", Quoted($"{script}exec \"$@\""), "sh", .. files.Select(Quoted), Quoted(start.FileName), start.Arguments]);
        start.FileName = "/bin/sh";

        void Add(string direction, string? path)
        {
            if (path is not null)
            {
                script.Append("exec ").Append(direction).Append("\"$1\"; shift; ");
                files.Add(command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path));
            }
        }
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
