namespace VServer.Provision.Sources;

/// <summary>Asks a program whether it is a PowerShell that is new enough.</summary>
internal static class EngineVersion
{
    private static readonly Version s_oldest = new(7, 6);
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    /// <summary>The version the program answers.</summary>
    /// <exception cref="EngineUnavailableException">It does not run, or is too old.</exception>
    public static string Require(string executable)
    {
        var answer = ChildProcess.Run(
            executable, ["-NoProfile", "-NonInteractive", "-Command", "$PSVersionTable.PSVersion.ToString()"], s_limit);
        if (answer.ExitCode != 0)
        {
            throw new EngineUnavailableException($"{executable} failed with exit code {answer.ExitCode}: {answer.Summary}");
        }

        // A preview says 7.6.0-preview.5.
        var number = answer.Output.Split('-')[0];
        if (!Version.TryParse(number, out var version))
        {
            throw new EngineUnavailableException($"{executable} did not answer with a version but with \"{answer.Summary}\".");
        }

        return version >= s_oldest
            ? answer.Output
            : throw new EngineUnavailableException($"{executable} is version {answer.Output}; {s_oldest} or newer is needed.");
    }
}
