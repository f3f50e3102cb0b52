namespace VServer.Provision.Sources;

/// <summary>The PowerShell that the user names in VSERVER_PWSH.</summary>
public sealed class EnvironmentSource(string? value) : IEngineSource
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
        return File.Exists(executable)
            ? new FoundEngine(executable, EngineVersion.Require(executable))
            : throw new EngineUnavailableException($"{executable} does not exist.");
    }
}
