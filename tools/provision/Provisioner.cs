using System.Text;

namespace VServer.Provision;

/// <summary>Asks the sources in order and publishes the first engine that can be had.</summary>
public sealed class Provisioner(EngineFolder folder, IReadOnlyList<IEngineSource> sources, TextWriter log)
{
    /// <summary>Makes <c>.engine/pwsh</c>.</summary>
    /// <param name="key">What the engine is made for; a caller that finds it in the stamp need not ask again.</param>
    /// <exception cref="EngineUnavailableException">No source could give one; the message names each and why.</exception>
    public FoundEngine Provision(string key)
    {
        using var alone = folder.Lock();
        var work = folder.StartWork();
        var failures = new StringBuilder();
        foreach (var source in sources)
        {
            try
            {
                var engine = source.Find(Directory.CreateDirectory(Path.Combine(work, "source")).FullName);
                folder.Publish(work, engine);
                folder.WriteStamp(key);
                log.WriteLine($"PowerShell {engine.Version} from {source.Name}: {folder.Command}");
                return engine;
            }
            catch (EngineUnavailableException unavailable)
            {
                failures.Append("\n  - ").Append(source.Name).Append(": ").Append(unavailable.Message);
                Directory.Delete(Path.Combine(work, "source"), recursive: true);
            }
        }

        Directory.Delete(work, recursive: true);
        throw new EngineUnavailableException(
            $"No PowerShell 7.6 or newer could be had. Tried:{failures}\nInstall pwsh 7.6 or newer, or name one in VSERVER_PWSH.");
    }
}
