using VServer.Ports;

namespace VServer.Guards;

/// <summary>Says which guards a host can give to the shared files of a store, what each promises, and why one is not to be had.</summary>
public static class GuardFeatures
{
    private const string Immutable = "immutable";
    private const string Overlay = "overlay";
    private const string MappedOverlay = "overlay-idmapped";

    /// <summary>A feature for each guard, from what a probe of the store's file system found.</summary>
    public static IReadOnlyList<HostFeature> From(IReadOnlyList<HostFeature> probed)
    {
        HostFeature? Find(string name) => probed.FirstOrDefault(feature => feature.Name == name);
        return Find(Immutable) is { } immutable && Find(Overlay) is { } overlay && Find(MappedOverlay) is { } mapped
            ? [ForImmutable(immutable), ForMayUnlink(overlay, mapped)]
            : [];
    }

    private static HostFeature ForImmutable(HostFeature immutable) => new(
        "guard-immutable",
        immutable.Available,
        immutable.NativeError,
        immutable.Available
            ? "Sealed inodes: no guest can change, replace or remove a shared file, and neither can the host until the seal is taken off. The guest's package manager cannot update it."
            : "Shared files cannot be sealed: this file system refuses the immutable flag or forgets it. Use -Guard MayUnlink, or put the store on ext4, xfs or btrfs.");

    private static HostFeature ForMayUnlink(HostFeature overlay, HostFeature mapped) => new(
        "guard-mayunlink",
        overlay.Available,
        overlay.NativeError,
        !overlay.Available
            ? "Guests have no copy-on-write root on this file system, so nothing but a seal keeps one from changing a shared file for all, and none can be started. Put the store on ext4, xfs or btrfs."
            : mapped.Available
                ? "Copy-on-write roots: a guest that writes to a shared file gets a copy of its own, and can replace or remove its name; the shared inode keeps its data and metadata. The host itself is not kept from changing it."
                : "Copy-on-write roots, but only for guests made with -Privileged: such a guest gets a copy of what it writes to, and its root is the host's. Linux 5.19 is needed for others.");
}
