using VServer.Ports;

namespace VServer.Templates;

/// <summary>Folders that a system has whatever its packages say, and what in them belongs to one system alone.</summary>
internal static class SystemFolders
{
    private const uint Usual = 0b111_101_101;
    private const uint ReadOnly = 0b101_101_101;
    private const uint Shared = 0b1_111_111_111;
    private const uint Private = 0b111_000_000;

    // What is in them is made by the kernel, at start, or by people.
    private static readonly (UnixPath Path, uint Permissions)[] Empty =
    [
        (UnixPath.Parse("dev"), Usual),
        (UnixPath.Parse("home"), Usual),
        (UnixPath.Parse("media"), Usual),
        (UnixPath.Parse("mnt"), Usual),
        (UnixPath.Parse("proc"), ReadOnly),
        (UnixPath.Parse("root"), Private),
        (UnixPath.Parse("run"), Usual),
        (UnixPath.Parse("sys"), ReadOnly),
        (UnixPath.Parse("tmp"), Shared),
        (UnixPath.Parse("var/tmp"), Shared),
    ];

    private static readonly UnixPath Logs = UnixPath.Parse("var/log");

    /// <summary>True for what is not taken from the source although a package lists it.</summary>
    public static bool IsLeftOut(UnixPath path, FileKind kind) =>
        Empty.Any(folder => path.IsWithin(folder.Path) && path != folder.Path) || (kind != FileKind.Folder && path.IsWithin(Logs));

    /// <summary>True for a folder that looks the same in every template, whatever is mounted there in the source.</summary>
    public static bool IsOwn(UnixPath path) => Empty.Any(folder => folder.Path == path);

    /// <summary>Makes those that are missing.</summary>
    public static void Make(IFolder root)
    {
        foreach ((UnixPath path, uint permissions) in Empty)
        {
            using IFolder parent = root.OpenOrCreateFolder(path.Parent, Usual);
            if (parent.Find(path.Name) is null)
            {
                parent.CreateFolder(path.Name, permissions).Dispose();
            }
        }
    }
}
