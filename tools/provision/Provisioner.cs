namespace VServer.Provision;

/// <summary>Asks the sources in order and publishes the first engine that can be had.</summary>
public sealed class Provisioner(EngineFolder folder, IReadOnlyList<IEngineSource> sources, TextWriter log)
{
    /// <summary>Makes <c>.engine/pwsh</c>, unless another run has just made it.</summary>
    /// <param name="key">What the engine is made for; a caller that finds it in the stamp need not ask again.</param>
    /// <exception cref="EngineUnavailableException">No source could give one; the message names each and why.</exception>
    public void Provision(string key)
    {
        using var alone = folder.Lock();
        if (folder.IsMadeFor(key))
        {
            return;
        }

        var work = folder.StartWork();
        var failures = new List<string>();
        foreach (var source in sources)
        {
            try
            {
                var engine = source.Find(Directory.CreateDirectory(Path.Combine(work, "source")).FullName);
                folder.Publish(work, engine);
                folder.WriteStamp(key);
                log.WriteLine($"PowerShell {engine.Version} from {source.Name}: {folder.Command}");
                return;
            }
            catch (EngineUnavailableException unavailable)
            {
                failures.Add($"{source.Name}: {unavailable.Message}");
                log.WriteLine($"Looking for PowerShell: {failures[^1]}");
                Directory.Delete(Path.Combine(work, "source"), recursive: true);
            }
        }

        Directory.Delete(work, recursive: true);
        throw new EngineUnavailableException(
            $"No PowerShell 7.6 or newer could be had. Tried:\n  - {string.Join("\n  - ", failures)}\n"
            + "Install pwsh 7.6 or newer, or name one in VSERVER_PWSH.");
    }
}
