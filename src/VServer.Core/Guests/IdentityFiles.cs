using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>
/// The files that tell one system from another, as tables: what a copy gets written anew, what it does without, what it gets empty. Paths
/// of distributions do not clash, so the tables hold for all of them.
/// </summary>
internal static class IdentityFiles
{
    private const uint ReadableByAll = 0b110_100_100;
    private const uint ReadOnlyForAll = 0b100_100_100;

    /// <summary>Written anew; those not always written, only where the original has them.</summary>
    private static readonly (UnixPath Path, uint Permissions, bool Always, Func<GuestIdentity, string> Content)[] WrittenAnew =
    [
        (UnixPath.Parse("etc/hostname"), ReadableByAll, true, HostNameLine),
        (UnixPath.Parse("etc/HOSTNAME"), ReadableByAll, false, HostNameLine),
        (UnixPath.Parse("etc/hosts"), ReadableByAll, true, static identity =>
            $"127.0.0.1\tlocalhost\n127.0.1.1\t{identity.HostName}\n\n::1\tlocalhost ip6-localhost ip6-loopback\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n"),
        (UnixPath.Parse("etc/machine-id"), ReadOnlyForAll, true, MachineIdLine),
        (UnixPath.Parse("var/lib/dbus/machine-id"), ReadOnlyForAll, false, MachineIdLine),
    ];

    /// <summary>Made by the guest itself when it needs them, or of no use to another one.</summary>
    private static readonly byte[][] LeftOut =
    [
        // Keys and seeds: a copy of them is a break-in.
        [.. "etc/ssh/ssh_host_*"u8],
        [.. "etc/dropbear/dropbear_*_host_key"u8],
        [.. "var/lib/systemd/random-seed"u8],
        [.. "var/lib/urandom/random-seed"u8],
        [.. "var/lib/random-seed"u8],
        [.. "var/lib/seedrng/*"u8],
        [.. "var/lib/systemd/credential.secret"u8],
        [.. "var/lib/NetworkManager/secret_key"u8],

        // Who it is to DHCP and iSCSI servers.
        [.. "etc/dhcpcd.duid"u8],
        [.. "etc/iscsi/initiatorname.iscsi"u8],
        [.. "var/lib/dhcpcd/*"u8],
        [.. "var/lib/dhcp/*"u8],
        [.. "var/lib/dhclient/*"u8],
        [.. "var/lib/NetworkManager/*.lease"u8],
        [.. "var/lib/cloud/*"u8],

        // Journals are named after the machine; rotated logs are another's history.
        [.. "var/log/journal/*"u8],
        [.. "var/log/*.gz"u8],
        [.. "var/log/*.xz"u8],
        [.. "var/log/*.zst"u8],
        [.. "var/log/*.old"u8],
        [.. "var/log/*.?"u8],
        [.. "root/.*_history"u8],
    ];

    private static readonly byte[] Logs = [.. "var/log/*"u8];

    /// <summary>True for what a copy does not take from the original.</summary>
    public static bool IsLeftOut(UnixPath path) =>
        WrittenAnew.Any(file => file.Path == path) || LeftOut.Any(pattern => BytePattern.Matches(pattern, path.Bytes, folderToo: false));

    /// <summary>True for a file that a copy gets without its content.</summary>
    public static bool IsEmptied(UnixPath path) => BytePattern.Matches(Logs, path.Bytes, folderToo: false);

    /// <summary>Writes what a tree gets anew; the tree has none of it yet.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="original">What it is a copy of.</param>
    /// <param name="identity">Who it is.</param>
    public static void Write(IFolder root, IFolder original, GuestIdentity identity)
    {
        foreach ((UnixPath path, uint permissions, bool always, Func<GuestIdentity, string> content) in WrittenAnew)
        {
            if (always || Has(original, path))
            {
                using IFolder folder = root.OpenOrCreateFolder(path.Parent, 0b111_101_101);
                folder.WriteNewFile(path.Name, permissions, System.Text.Encoding.ASCII.GetBytes(content(identity)));
            }
        }
    }

    private static bool Has(IFolder root, UnixPath path)
    {
        using IFolder? folder = root.TryOpenFolder(path.Parent);
        return folder?.Find(path.Name) is not null;
    }

    private static string HostNameLine(GuestIdentity identity) => $"{identity.HostName}\n";

    // An empty file is what tells the first start to choose an id.
    private static string MachineIdLine(GuestIdentity identity) => identity.MachineId.Length == 0 ? "" : $"{identity.MachineId}\n";
}
