using System.Globalization;
using System.Text;
using VServer.Ports;

namespace VServer.Templates;

/// <summary>Makes the account files anew: root alone, without password, and the groups that the distribution starts with or that own files of the tree.</summary>
internal sealed class TemplateAccounts(IFolder source, IFolder target)
{
    private const int MostBytes = 16 * 1024 * 1024;
    private const uint ReadableByAll = 0b110_100_100;
    private const uint Private = 0b110_000_000;

    private static readonly UnixPath Configuration = UnixPath.Parse("etc");

    /// <summary>Writes passwd, shadow, group and gshadow.</summary>
    /// <param name="groups">Numbers of the groups that own files.</param>
    /// <param name="today">The day on which root's password was set to none.</param>
    public void Write(IReadOnlySet<uint> groups, DateTimeOffset today)
    {
        using IFolder folder = target.OpenOrCreateFolder(Configuration, 0b111_101_101);
        long day = today.ToUnixTimeSeconds() / 86_400;
        IReadOnlyList<(string Name, uint Id)> chosen = Choose(groups);
        WriteLike(folder, "passwd", ReadableByAll, $"root:x:0:0:root:/root:{Shell()}\n");
        WriteLike(folder, "shadow", Private, string.Create(CultureInfo.InvariantCulture, $"root:*:{day}:0:99999:7:::\n"));
        WriteLike(folder, "group", ReadableByAll, string.Concat(chosen.Select(static group => string.Create(CultureInfo.InvariantCulture, $"{group.Name}:x:{group.Id}:\n"))));
        WriteLike(folder, "gshadow", Private, string.Concat(chosen.Select(static group => $"{group.Name}:*::\n")));
    }

    private List<(string Name, uint Id)> Choose(IReadOnlySet<uint> groups)
    {
        List<(string Name, uint Id)> chosen = [("root", 0)];
        IEnumerable<(string Name, uint Id)> owners = Read(source, "etc/group").Where(group => groups.Contains(group.Id));
        foreach ((string Name, uint Id) group in Read(target, "usr/share/base-passwd/group.master").Concat(owners))
        {
            if (!chosen.Any(other => other.Name == group.Name || other.Id == group.Id))
            {
                chosen.Add(group);
            }
        }

        return chosen;
    }

    private static List<(string Name, uint Id)> Read(IFolder root, string path)
    {
        UnixPath full = UnixPath.Parse(path);
        using IFolder? folder = root.TryOpenFolder(full.Parent);
        if (folder?.Find(full.Name)?.Kind != FileKind.Regular)
        {
            return [];
        }

        using IFile file = folder.OpenFile(full.Name);
        List<(string Name, uint Id)> groups = [];
        foreach (string[] fields in Encoding.UTF8.GetString(file.ReadAll(MostBytes)).Split('\n').Select(static line => line.Split(':')))
        {
            if (fields.Length >= 3 && fields[0].Length > 0 && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out uint id))
            {
                groups.Add((fields[0], id));
            }
        }

        return groups;
    }

    private string Shell() => Has("usr/bin/bash") || Has("bin/bash") ? "/bin/bash" : "/bin/sh";

    private bool Has(string path)
    {
        UnixPath full = UnixPath.Parse(path);
        using IFolder? folder = target.TryOpenFolder(full.Parent);
        return folder?.Find(full.Name) is not null;
    }

    // Owner and mode as the source has them (shadow belongs to a group of its own there), the content ours.
    private void WriteLike(IFolder folder, string name, uint permissions, string content)
    {
        UnixPath fileName = UnixPath.Parse(name);
        using IFile file = folder.CreateFile(fileName, permissions);
        using IFolder? originals = source.TryOpenFolder(Configuration);
        if (originals?.Find(fileName)?.Kind == FileKind.Regular)
        {
            using IFile original = originals.OpenFile(fileName);
            file.CopyMetadataFrom(original);
        }

        file.Write(Encoding.UTF8.GetBytes(content));
    }
}
