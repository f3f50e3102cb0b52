using VServer.Ports;
using VServer.Unify;

namespace VServer.Changes;

/// <summary>Tells how a file of a delta differs from the one of the tree that it was.</summary>
internal sealed class FileDifference(IDeltaReader reader, CancellationToken cancellation)
{
    /// <summary>The content, as far as the type has one: bytes, a link's target, a device's number.</summary>
    public bool HasSameContent(IFolder delta, in FolderEntry now, IFolder tree, in FolderEntry before)
    {
        if (now.Facts.Kind != before.Facts.Kind)
        {
            return false;
        }

        return now.Facts.Kind switch
        {
            FileKind.Regular => now.Facts.Size == before.Facts.Size && HasSameBytes(delta, now.Name, tree, before.Name),
            FileKind.SymbolicLink => delta.ReadLink(now.Name).Bytes.Span.SequenceEqual(tree.ReadLink(before.Name).Bytes.Span),
            FileKind.BlockDevice or FileKind.CharacterDevice => now.Facts.SpecialDevice == before.Facts.SpecialDevice,
            _ => true,
        };
    }

    /// <summary>Everything else; a name of the root is the folder itself. Folders' times follow from what is in them and are left out.</summary>
    public IEnumerable<string> Metadata(IFolder delta, FolderEntry now, IFolder tree, FolderEntry before)
    {
        if (now.Facts.Kind != FileKind.SymbolicLink && now.Facts.Permissions != before.Facts.Permissions)
        {
            yield return $"mode {MetadataGate.Octal(before.Facts.Permissions)} -> {MetadataGate.Octal(now.Facts.Permissions)}";
        }

        if (now.Facts.UserId != before.Facts.UserId || now.Facts.GroupId != before.Facts.GroupId)
        {
            yield return $"owner {before.Facts.UserId}:{before.Facts.GroupId} -> {now.Facts.UserId}:{now.Facts.GroupId}";
        }

        if (reader.DifferentAttribute(delta, now.Name, tree, before.Name) is { } attribute)
        {
            yield return $"attribute {attribute}";
        }

        if (now.Facts.Kind != FileKind.Folder && now.Facts.Modified != before.Facts.Modified)
        {
            yield return "time";
        }
    }

    private bool HasSameBytes(IFolder delta, UnixPath deltaName, IFolder tree, UnixPath treeName)
    {
        using IFile now = delta.OpenFile(deltaName);
        using IFile before = tree.OpenFile(treeName);
        return now.HasSameContent(before, cancellation);
    }
}
