using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Turns folder names as package databases list them (<c>bin</c>) into where they really are in a tree (<c>usr/bin</c>), following the
/// tree's own symlinks inside the tree alone.
/// </summary>
internal sealed class FolderResolver(IFolder root)
{
    // As many as the kernel follows before it says ELOOP.
    private const int MostLinks = 40;

    private readonly Dictionary<UnixPath, UnixPath?> known = new() { [UnixPath.Root] = UnixPath.Root };

    /// <summary>The real path of a listed file: its folder resolved, its own name as it is; null when the folder does not exist.</summary>
    public UnixPath? ResolveFile(UnixPath listed) => ResolveFolder(listed.Parent, MostLinks)?.Combine(listed.Name);

    private UnixPath? ResolveFolder(UnixPath listed, int linksLeft)
    {
        if (known.TryGetValue(listed, out UnixPath? found))
        {
            return found;
        }

        UnixPath? parent = ResolveFolder(listed.Parent, linksLeft);
        found = parent is null ? null : Step(parent, listed.Name, linksLeft);
        known[listed] = found;
        return found;
    }

    private UnixPath? Step(UnixPath parent, UnixPath name, int linksLeft)
    {
        using IFolder? folder = root.TryOpenFolder(parent);
        FileFacts? facts = IsDots(name) ? null : folder?.Find(name);
        return facts?.Kind switch
        {
            FileKind.Folder => parent.Combine(name),
            // The folder is open: facts came from it.
            FileKind.SymbolicLink when linksLeft > 0 => Follow(parent, folder!.ReadLink(name), linksLeft - 1),
            _ => null,
        };
    }

    private UnixPath? Follow(UnixPath from, UnixTarget target, int linksLeft)
    {
        UnixPath? at = target.IsAbsolute ? UnixPath.Root : from;
        ReadOnlyMemory<byte> rest = target.Bytes;
        while (at is not null && !rest.IsEmpty)
        {
            int slash = rest.Span.IndexOf((byte)'/');
            ReadOnlyMemory<byte> part = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? ReadOnlyMemory<byte>.Empty : rest[(slash + 1)..];
            at = part.Span switch
            {
                [] or [(byte)'.'] => at,
                [(byte)'.', (byte)'.'] => at.Parent,
                _ => Step(at, UnixPath.FromBytes(part.Span), linksLeft),
            };
        }

        return at;
    }

    private static bool IsDots(UnixPath name) => name.Bytes is [(byte)'.'] or [(byte)'.', (byte)'.'];
}
