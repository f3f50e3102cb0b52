namespace VServer.Provision.Sources;

/// <summary>The PowerShell that the user names in VSERVER_PWSH.</summary>
public sealed class EnvironmentSource(string? value, EngineFolder own) : IEngineSource
{
    /// <inheritdoc/>
    public string Name => "VSERVER_PWSH";

    /// <inheritdoc/>
    public FoundEngine Find(string workFolder)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new EngineUnavailableException("it is not set.");
        }

        var executable = Path.GetFullPath(value);
        if (own.Owns(executable))
        {
            throw new EngineUnavailableException($"{executable} is the one that this tool makes.");
        }

        return File.Exists(executable)
            ? new FoundEngine(executable, EngineVersion.Require(executable))
            : throw new EngineUnavailableException($"{executable} does not exist.");
    }
}
