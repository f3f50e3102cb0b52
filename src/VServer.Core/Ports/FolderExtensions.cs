namespace VServer.Ports;

/// <summary>What is done to folders with the calls of <see cref="IFolder"/>.</summary>
internal static class FolderExtensions
{
    /// <summary>True when <see cref="IFolder.TryOpenFolder"/> opens a folder there.</summary>
    public static bool HasFolder(this IFolder root, UnixPath path)
    {
        using IFolder? folder = root.TryOpenFolder(path);
        return folder is not null;
    }

    /// <summary>Opens a folder below, making it and those above it where they are missing.</summary>
    /// <exception cref="Errors.TreeException">Something that is no folder has one of the names.</exception>
    public static IFolder OpenOrCreateFolder(this IFolder root, UnixPath path, uint permissions)
    {
        if (root.TryOpenFolder(path) is { } folder)
        {
            return folder;
        }

        using IFolder parent = root.OpenOrCreateFolder(path.Parent, permissions);
        return parent.CreateFolder(path.Name, permissions);
    }

    /// <summary>Makes a file that must not exist.</summary>
    public static void WriteNewFile(
        this IFolder folder, UnixPath name, uint permissions, ReadOnlySpan<byte> content, IWriteBack? writeBack = null)
    {
        using IFile file = folder.CreateFile(name, permissions);
        file.Write(content);
        writeBack?.Begin(file);
    }

    /// <summary>Puts a file of other content in place of a regular file that holds just what is expected; all else is left as it is.</summary>
    public static void ReplaceContent(this IFolder folder, UnixPath name, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> content)
    {
        if (folder.Find(name) is not { Kind: FileKind.Regular } facts || facts.Size != expected.Length)
        {
            return;
        }

        using IFile before = folder.OpenFile(name);
        if (!expected.SequenceEqual(before.ReadAll(expected.Length)))
        {
            return;
        }

        UnixPath temporary = UnixPath.Parse($".vs-{Guid.NewGuid():n}");
        using IFile after = folder.CreateFile(temporary, 0);
        try
        {
            after.Write(content);
            after.CopyMetadataFrom(before);
            after.Flush();
            folder.Rename(temporary, name);
        }
        catch
        {
            folder.Unlink(temporary);
            throw;
        }
    }

    /// <summary>Copies a file with all its metadata.</summary>
    /// <param name="target">The folder that gets it.</param>
    /// <param name="source">The folder it is in.</param>
    /// <param name="sourceName">Its name there.</param>
    /// <param name="name">Its name here.</param>
    /// <param name="seen">What the kernel said of it: what it is made with need not be changed after.</param>
    /// <param name="cancellation">Ends the copying between two pieces.</param>
    /// <param name="writeBack">Begins to write it out.</param>
    public static void CopyFile(
        this IFolder target,
        IFolder source,
        UnixPath sourceName,
        UnixPath name,
        in FileFacts seen,
        CancellationToken cancellation,
        IWriteBack? writeBack = null)
    {
        // Never born with more rights than read, write and run: until it has its owner, it is root's.
        using IFile from = source.OpenFile(sourceName, seen);
        using IFile to = target.CreateFile(name, seen.Permissions & 0b111_111_111);
        to.CopyContentFrom(from, cancellation);
        writeBack?.Begin(to);
        to.CopyMetadataFrom(from);
    }
}
