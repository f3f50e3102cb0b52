namespace VServer.Provision.Sources;

/// <summary>A pwsh on PATH, unless it is the one this tool has made: an engine puts its own folder first on PATH.</summary>
public sealed class PathSource(string? path, EngineFolder own) : IEngineSource
{
    /// <inheritdoc/>
    public string Name => "pwsh on PATH";

    /// <inheritdoc/>
    public FoundEngine Find(string workFolder)
    {
        var candidates = (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(Path.GetFullPath(folder), "pwsh"))
            .Where(candidate => File.Exists(candidate) && !own.Owns(candidate))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (candidates.Count == 0)
        {
            throw new EngineUnavailableException("there is none.");
        }

        var reasons = new List<string>();
        foreach (var candidate in candidates)
        {
            try
            {
                return new FoundEngine(candidate, EngineVersion.Require(candidate));
            }
            catch (EngineUnavailableException unavailable)
            {
                reasons.Add(unavailable.Message);
            }
        }

        throw new EngineUnavailableException(string.Join(' ', reasons));
    }
}
