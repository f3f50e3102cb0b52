using VServer.Ports;

namespace VServer.Hosting;

/// <summary>What an admin should know of mounts before guests have them, said once for all guests of a command.</summary>
internal sealed class MountAdvice
{
    private bool isGiven;

    /// <summary>Warns of each mount that deserves it.</summary>
    public void Give(IReadOnlyList<GuestMount>? mounts, IStoreHost host, Action<string> warn)
    {
        foreach (GuestMount mount in isGiven ? [] : mounts ?? [])
        {
            if (mount is { Source: { } source, ReadOnly: false, NoIdMap: false } && host.IsOpenToAll(source))
            {
                warn($"Any user of this host can get to '{source}', where the guest's root can make programs that run as the host's root. Mount it with ReadOnly, or close a folder above it (chmod 700).");
            }
        }

        isGiven = true;
    }
}
