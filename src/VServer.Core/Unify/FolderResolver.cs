using VServer.Packages;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Turns folder names as package databases list them (<c>bin</c>) into where they really are in a tree (<c>usr/bin</c>), following the
/// tree's own symlinks inside the tree alone.
/// </summary>
internal sealed class FolderResolver(IFolder root) : IDisposable
{
    // As many as the kernel follows before it says ELOOP.
    private const int MostLinks = 40;

    private const int MostOpen = 16;

    private readonly Dictionary<UnixPath, UnixPath?> known = new() { [UnixPath.Root] = UnixPath.Root };

    // Each below the one before it: lists go through a tree in its order, and to ask in an open folder is a fifth of opening one.
    private readonly Stack<(UnixPath Path, IFolder Folder)> open = [];

    // Of one path in all, as the kernel counts: links made of links would else be followed as often as their powers.
    private int linksLeft;

    /// <summary>The real path of a listed file: its folder resolved, its own name as it is; null when the folder does not exist.</summary>
    public UnixPath? ResolveFile(UnixPath listed) => Resolve(listed.Parent)?.Combine(listed.Name);

    /// <summary>The real path of a listed folder; null when it does not exist.</summary>
    public UnixPath? Resolve(UnixPath listed)
    {
        linksLeft = MostLinks;
        return ResolveFolder(listed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (open.TryPop(out (UnixPath Path, IFolder Folder) last))
        {
            last.Folder.Dispose();
        }
    }

    private UnixPath? ResolveFolder(UnixPath listed)
    {
        if (known.TryGetValue(listed, out UnixPath? found))
        {
            return found;
        }

        UnixPath? parent = ResolveFolder(listed.Parent);
        found = parent is null ? null : Step(parent, listed.Name);
        known[listed] = found;
        return found;
    }

    private UnixPath? Step(UnixPath parent, UnixPath name)
    {
        if (IsDots(name) || name.Bytes.Length > ListedPath.LongestName || parent.Bytes.Length > ListedPath.LongestPath)
        {
            return null;
        }

        UnixPath path = parent.Combine(name);
        IFolder? folder = Open(parent);
        return folder?.Find(name) switch
        {
            // What is mounted in a system's tree is part of it, and what is mounted in a guest's is none.
            { Kind: FileKind.Folder } facts => facts.MountId == root.Facts.MountId || root.HasFolder(path) ? path : null,
            { Kind: FileKind.SymbolicLink } when linksLeft-- > 0 => Follow(parent, folder.ReadLink(name)),
            _ => null,
        };
    }

    private IFolder? Open(UnixPath path)
    {
        if (path.IsRoot)
        {
            return root;
        }

        while (open.TryPeek(out (UnixPath Path, IFolder Folder) last) && !path.IsWithin(last.Path))
        {
            open.Pop().Folder.Dispose();
        }

        return open.TryPeek(out (UnixPath Path, IFolder Folder) nearest) && nearest.Path == path ? nearest.Folder : OpenAnew(path);
    }

    private IFolder? OpenAnew(UnixPath path)
    {
        IFolder? folder = root.TryOpenFolder(path);
        if (folder is null)
        {
            return null;
        }

        if (open.Count == MostOpen)
        {
            open.Pop().Folder.Dispose();
        }

        open.Push((path, folder));
        return folder;
    }

    private UnixPath? Follow(UnixPath from, UnixTarget target)
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
                _ => Step(at, UnixPath.FromBytes(part.Span)),
            };
        }

        return at;
    }

    private static bool IsDots(UnixPath name) => name.Bytes is [(byte)'.'] or [(byte)'.', (byte)'.'];
}
