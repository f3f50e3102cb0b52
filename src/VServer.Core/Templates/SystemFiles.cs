using VServer.Ports;

namespace VServer.Templates;

/// <summary>Files of /etc that say how one system is set up: never copied from the source.</summary>
internal static class SystemFiles
{
    private const uint ReadableByAll = 0b110_100_100;

    private static readonly (UnixPath Path, string Content)[] WrittenAnew =
    [
        (UnixPath.Parse("etc/fstab"), "# What this system sees mounted is up to its host.\n"),
        (UnixPath.Parse("etc/resolv.conf"), "# Name servers are set when the system gets a network.\n"),
    ];

    private static readonly UnixPath[] NotCopied =
    [
        .. WrittenAnew.Select(static file => file.Path),
        .. new[] { "etc/mtab", "etc/passwd", "etc/shadow", "etc/group", "etc/gshadow", "etc/subuid", "etc/subgid" }.Select(UnixPath.Parse),
    ];

    /// <summary>True for what is not taken from the source although a package may list it.</summary>
    public static bool IsLeftOut(UnixPath path) => NotCopied.Contains(path);

    /// <summary>Writes those that every system has.</summary>
    public static void Write(IFolder root)
    {
        foreach ((UnixPath path, string content) in WrittenAnew)
        {
            using IFolder folder = root.OpenOrCreateFolder(path.Parent, 0b111_101_101);
            folder.WriteNewFile(path.Name, ReadableByAll, System.Text.Encoding.ASCII.GetBytes(content));
        }
    }
}
