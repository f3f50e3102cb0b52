namespace VServer.Provision.Sources;

/// <summary>The official .NET tool, installed into the project's own folder.</summary>
public sealed class DotnetToolSource(string dotnet) : IEngineSource
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public string Name => "dotnet tool PowerShell";

    /// <inheritdoc/>
    public FoundEngine Find(string workFolder)
    {
        var folder = Path.Combine(workFolder, "tool");
        var install = ChildProcess.Run(dotnet, ["tool", "install", "PowerShell", "--tool-path", folder], s_limit);
        if (install.ExitCode != 0)
        {
            throw new EngineUnavailableException($"dotnet tool install failed: {install.Summary}");
        }

        var executable = Path.Combine(folder, "pwsh");
        return new FoundEngine(executable, EngineVersion.Require(executable), folder);
    }
}
