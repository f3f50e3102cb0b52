using VServer.Ports;
using VServer.Unify;

namespace VServer.Packages;

/// <summary>
/// Takes alternatives (<c>/usr/bin/awk</c> is a link to <c>/etc/alternatives/awk</c>, that one to <c>/usr/bin/mawk</c>) along to a tree
/// that has some of the choices. No package lists these links.
/// </summary>
internal sealed class DpkgAlternatives(IFolder source, IFolder target) : IDisposable
{
    private const uint FolderPermissions = 0b111_101_101;
    private const uint FilePermissions = 0b110_100_100;

    private static readonly UnixPath LinkFolder = UnixPath.Parse("etc/alternatives");

    private readonly FolderResolver resolver = new(target);

    /// <summary>Copies every group of which the target has a choice.</summary>
    public void Copy(CancellationToken cancellation)
    {
        using IFolder? from = source.TryOpenFolder(DpkgPaths.Alternatives);
        using IFolder to = target.OpenOrCreateFolder(DpkgPaths.Alternatives, FolderPermissions);
        foreach (FolderEntry entry in from?.Read() ?? [])
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Facts.Kind == FileKind.Regular && TryRead(from!, entry.Name) is { } group) // Entries came out of it.
            {
                CopyGroup(group, entry.Name, to);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => resolver.Dispose();

    private static AlternativeGroup? TryRead(IFolder folder, UnixPath name) =>
        new DatabaseFile("", DpkgPaths.Alternatives.Combine(name)).TryReadIn(folder) is { } content ? AlternativeGroup.TryParse(name, content) : null;

    private void CopyGroup(AlternativeGroup group, UnixPath name, IFolder to)
    {
        group.Keep(choice => Exists(choice));
        if (!group.Choices.Any())
        {
            return;
        }

        to.WriteNewFile(name, FilePermissions, group.Write());
        byte[][] chosen = group.Choices.FirstOrDefault(choice => IsCurrent(name, choice[0])) ?? group.Choices.First();
        for (int index = 0; index < chosen.Length; index++)
        {
            (byte[] linkName, byte[] link) = group.Links[index];
            if (chosen[index].Length > 0 && Exists(chosen[index]))
            {
                Link(LinkFolder.Combine(UnixPath.FromBytes(linkName)), chosen[index]);
                Link(UnixPath.FromBytes(link), [(byte)'/', .. LinkFolder.Bytes, (byte)'/', .. linkName]);
            }
        }
    }

    private bool IsCurrent(UnixPath name, byte[] choice)
    {
        using IFolder? links = source.TryOpenFolder(LinkFolder);
        return links?.Find(name)?.Kind == FileKind.SymbolicLink && links.ReadLink(name).Bytes.Span.SequenceEqual(choice);
    }

    private bool Exists(byte[] path)
    {
        UnixPath? real = resolver.ResolveFile(UnixPath.FromBytes(path));
        using IFolder? folder = real is null ? null : target.TryOpenFolder(real.Parent);
        return real is not null && folder?.Find(real.Name) is not null;
    }

    private void Link(UnixPath path, byte[] to)
    {
        UnixPath? real = resolver.ResolveFile(path);
        using IFolder? folder = real is null ? null : target.TryOpenFolder(real.Parent);
        if (real is not null && folder?.Find(real.Name) is null)
        {
            folder?.CreateSymbolicLink(real.Name, new UnixTarget(to));
        }
    }
}
