using System.Text;
using VServer.Ports;

namespace VServer.Packages;

/// <summary>Writes a database with some of the packages of another, as dpkg would have it after installing just these.</summary>
internal sealed class DpkgWriter(IFolder source, IFolder target, IReadOnlyList<DpkgPackage> packages, DpkgDiversions diversions)
{
    private const uint FolderPermissions = 0b111_101_101;
    private const uint FilePermissions = 0b110_100_100;

    private readonly HashSet<string> names = [.. packages.Select(package => package.Identity.Name)];

    /// <summary>Writes all of it; the target has none yet.</summary>
    public void Write(CancellationToken cancellation)
    {
        using (IFolder folder = target.OpenOrCreateFolder(DpkgPaths.Folder, FolderPermissions))
        {
            Write(folder, "status", JoinParagraphs());
            Write(folder, "diversions", diversions.Write(names.Contains));
            Write(folder, "available", []);
            Write(folder, "statoverride", []);
            folder.OpenOrCreateFolder(UnixPath.Parse("updates"), FolderPermissions).Dispose();
            folder.OpenOrCreateFolder(UnixPath.Parse("parts"), FolderPermissions).Dispose();
        }

        CopyInfo(cancellation);
        CopyTriggers();
    }

    private static void Write(IFolder folder, string name, ReadOnlySpan<byte> content) =>
        folder.WriteNewFile(UnixPath.Parse(name), FilePermissions, content);

    private byte[] JoinParagraphs()
    {
        using MemoryStream joined = new();
        foreach (DpkgPackage package in packages)
        {
            joined.Write(package.Paragraph.Bytes.TrimEnd((byte)'\n'));
            joined.Write("\n\n"u8);
        }

        return joined.ToArray();
    }

    // PACKAGE.list, PACKAGE:amd64.md5sums and so on, and the file that says how they are named.
    private void CopyInfo(CancellationToken cancellation)
    {
        HashSet<UnixPath> wanted = [.. packages.Select(package => UnixPath.Parse(package.InfoName))];
        using IFolder? from = source.TryOpenFolder(DpkgPaths.Info);
        using IFolder to = target.OpenOrCreateFolder(DpkgPaths.Info, FolderPermissions);
        foreach (UnixPath name in from?.ReadNames() ?? [])
        {
            cancellation.ThrowIfCancellationRequested();
            int dot = name.Bytes.LastIndexOf((byte)'.');
            UnixPath owner = dot < 0 ? name : UnixPath.FromBytes(name.Bytes[..dot]);
            bool isWanted = wanted.Contains(owner) || name.Bytes.SequenceEqual("format"u8);
            if (isWanted && from!.Find(name) is { } facts) // Names came out of it.
            {
                to.CopyFile(from, name, name, facts, cancellation);
            }
        }
    }

    // "File" has lines of a path and a package, the others are named after a trigger and have a package a line.
    private void CopyTriggers()
    {
        using IFolder? from = source.TryOpenFolder(DpkgPaths.Triggers);
        using IFolder to = target.OpenOrCreateFolder(DpkgPaths.Triggers, FolderPermissions);
        foreach (FolderEntry entry in from?.Read() ?? [])
        {
            bool isState = entry.Name.Bytes.SequenceEqual("Lock"u8) || entry.Name.Bytes.SequenceEqual("Unincorp"u8);
            if (!isState && entry.Facts.Kind == FileKind.Regular)
            {
                CopyTrigger(from!, to, entry.Name); // Entries came out of it.
            }
        }
    }

    private void CopyTrigger(IFolder from, IFolder to, UnixPath name)
    {
        byte[] content = new DatabaseFile("", DpkgPaths.Triggers.Combine(name)).TryReadIn(from) ?? [];
        string[] kept = [.. Encoding.Latin1.GetString(content).Split('\n').Where(IsOfOurs)];
        if (kept.Length > 0)
        {
            to.WriteNewFile(name, FilePermissions, Encoding.Latin1.GetBytes(string.Join('\n', kept) + '\n'));
        }
    }

    private bool IsOfOurs(string line)
    {
        string package = line[(line.LastIndexOf(' ') + 1)..];
        return names.Contains(package[..(package.IndexOfAny([':', '/']) is >= 0 and int end ? end : package.Length)]);
    }
}
