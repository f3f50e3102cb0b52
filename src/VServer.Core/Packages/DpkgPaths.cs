namespace VServer.Packages;

/// <summary>Where dpkg keeps its database in a tree.</summary>
internal static class DpkgPaths
{
    public static readonly UnixPath Folder = UnixPath.Parse("var/lib/dpkg");

    public static readonly UnixPath Info = UnixPath.Parse("var/lib/dpkg/info");

    public static readonly UnixPath Triggers = UnixPath.Parse("var/lib/dpkg/triggers");

    public static readonly UnixPath Alternatives = UnixPath.Parse("var/lib/dpkg/alternatives");

    public static readonly UnixPath Status = UnixPath.Parse("var/lib/dpkg/status");

    public static readonly UnixPath Diversions = UnixPath.Parse("var/lib/dpkg/diversions");
}
