using VServer.Ports;

namespace VServer.Hosting;

/// <summary>What an admin should know of mounts before a guest has them.</summary>
internal static class MountAdvice
{
    /// <summary>Warnings, one for each mount that deserves it.</summary>
    public static IEnumerable<string> Warn(IReadOnlyList<GuestMount>? mounts, IStoreHost host) => (mounts ?? [])
        .Where(mount => mount is { Source: { } source, ReadOnly: false, NoIdMap: false } && host.IsOpenToAll(source))
        .Select(static mount =>
            $"Any user of this host can get to '{mount.Source}', where the guest's root can make programs that run as the host's root. Mount it with ReadOnly, or close a folder above it (chmod 700).");
}
