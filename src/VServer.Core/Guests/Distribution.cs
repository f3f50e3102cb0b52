using System.Text;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>Says which distribution a tree is, as os-release(5) has it.</summary>
internal static class Distribution
{
    private const int MostBytes = 64 * 1024;

    // /etc/os-release is a symlink to the other where it is not a file of its own.
    private static readonly UnixPath[] Places = [UnixPath.Parse("etc/os-release"), UnixPath.Parse("usr/lib/os-release")];

    /// <summary>The distribution's name and those of the ones it is like, in small letters; none when the tree does not say.</summary>
    public static IReadOnlySet<string> Read(IFolder tree)
    {
        foreach (UnixPath path in Places)
        {
            if (TryRead(tree, path) is { } text)
            {
                return Parse(text);
            }
        }

        return new HashSet<string>();
    }

    private static string? TryRead(IFolder tree, UnixPath path)
    {
        using IFolder? folder = tree.TryOpenFolder(path.Parent);
        if (folder?.Find(path.Name) is not { Kind: FileKind.Regular })
        {
            return null;
        }

        using IFile file = folder.OpenFile(path.Name);
        return file.Facts.Size > MostBytes ? null : Encoding.UTF8.GetString(file.ReadAll(MostBytes));
    }

    private static HashSet<string> Parse(string text) =>
    [
        .. text.Split('\n')
            .Select(static line => line.Split('=', 2))
            .Where(static pair => pair is ["ID" or "ID_LIKE", _])
            .SelectMany(static pair => pair[1].Trim().Trim('"', '\'').Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(static name => name.ToLowerInvariant()),
    ];
}
