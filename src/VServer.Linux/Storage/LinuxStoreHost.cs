using System.Text;
using Mono.Unix.Native;
using VServer.Errors;
using VServer.Linux.Helper;
using VServer.Linux.Interop;
using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Storage;

/// <summary>Stores on this host. Everything below a store's <c>.vserver</c> is the host's own, so paths are text here.</summary>
public sealed class LinuxStoreHost : IStoreHost
{
    private const uint PrivateFolder = 0b111_000_000;
    private const uint PrivateFile = 0b110_000_000;

    private const uint OthersEnter = 0b000_000_001;

    // Configurations have a few hundred bytes; whatever is this large is none.
    private const int MostBytes = 64 * 1024 * 1024;

    /// <inheritdoc/>
    public bool IsRoot => Syscall.geteuid() == 0;

    /// <inheritdoc/>
    public bool FolderExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public bool Exists(string path)
    {
        using LinuxFolder? folder = TryOpen(Parent(path));
        return folder is not null && Run(path, () => folder.Find(Name(path))) is not null;
    }

    /// <inheritdoc/>
    public void CreatePrivateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        CreatePrivateFolder(Parent(path));
        Run(path, () =>
        {
            using LinuxFolder folder = Open(Parent(path));
            CreateOne(folder, Name(path));
            folder.FlushNames();
        });
    }

    /// <inheritdoc/>
    public bool IsOpenToAll(string path)
    {
        // All folders above, and itself when it is one.
        for (string? part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            bool isThere = Statx.Get(FileDescriptor.CurrentDirectory, NulText.From(part), out StatxBuffer status).Succeeded;
            if (!isThere || (Directory.Exists(part) && (status.Mode & OthersEnter) == 0))
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public (ulong Device, ulong Inode) Identify(string path) => Run(path, () =>
    {
        using LinuxFolder folder = Open(path);
        return (folder.Facts.Device, folder.Facts.Inode);
    });

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string folder, string suffix)
    {
        using LinuxFolder? open = TryOpen(folder);
        IReadOnlyList<UnixPath> names = open is null ? [] : Run(folder, open.ReadNames);
        return [.. names
            .Select(name => Encoding.UTF8.GetString(name.Bytes))
            .Where(name => name.EndsWith(suffix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public bool SharesExtents(string file) => Run(file, () =>
    {
        using LinuxFolder folder = Open(Parent(file));
        using IFile open = folder.OpenFile(Name(file));
        return ExtentSharer.IsPossible(LinuxFile.From(open));
    });

    /// <inheritdoc/>
    public byte[]? TryRead(string path)
    {
        using LinuxFolder? folder = TryOpen(Parent(path));
        return folder is null ? null : Run(path, () =>
        {
            if (folder.Find(Name(path)) is null)
            {
                return null;
            }

            using IFile file = folder.OpenFile(Name(path));
            return file.ReadAll(MostBytes);
        });
    }

    /// <inheritdoc/>
    public void WriteAtomically(string path, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        Run(path, () => AtomicFile.Write(Open(Parent(path)), Name(path), PrivateFile, bytes));
    }

    /// <inheritdoc/>
    public void RemoveLeftOvers(string folder)
    {
        using LinuxFolder? open = TryOpen(folder);
        if (open is not null)
        {
            Run(folder, () => AtomicFile.RemoveLeftOvers(open));
        }
    }

    /// <inheritdoc/>
    public void DeleteFile(string path)
    {
        using LinuxFolder? folder = TryOpen(Parent(path));
        Run(path, () =>
        {
            if (folder?.Find(Name(path)) is not null)
            {
                folder.Unlink(Name(path));
            }
        });
    }

    /// <inheritdoc/>
    public void Move(string from, string to) => Run(from, () =>
    {
        using LinuxFolder source = Open(Parent(from));
        using LinuxFolder target = Open(Parent(to));
        RenameAt2.Rename(source.Descriptor, Name(from).Terminated, target.Descriptor, Name(to).Terminated, RenameAt2.NoReplace)
            .ThrowIfFailed("renameat2", $"rename to {to}", UnixPath.Parse(from));
        target.FlushNames();
        source.FlushNames();
    });

    /// <inheritdoc/>
    public void DeleteTree(string path, CancellationToken cancellation) => DeleteTree(path, static _ => { }, cancellation);

    /// <inheritdoc/>
    public void DeleteTree(string path, Action<IReadOnlyList<byte[]>> lifting, CancellationToken cancellation)
    {
        using LinuxFolder? parent = TryOpen(Parent(path));
        if (parent?.Find(Name(path)) is null)
        {
            return;
        }

        if (MountsWithin(path) is [{ } mount, ..])
        {
            throw new VServerException(
                ErrorIds.TreeFailed,
                ErrorKind.Busy,
                path,
                $"'{path}' was not removed, and nothing in it: a file system is mounted at '{mount}'. Unmount it with umount, then repeat the command.");
        }

        Run(path, () => new TreeRemover(UnixPath.Parse(path), lifting, cancellation).Remove(parent.Descriptor, Name(path)));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> MountsWithin(string path) => Run(path, () =>
    {
        using LinuxFolder folder = Open(path);
        return MountTable.Within(folder.Descriptor);
    });

    /// <inheritdoc/>
    public string FileSystemOf(string path) => Run(path, () =>
    {
        using LinuxFolder folder = Open(path);
        return MountTable.TypeOf(folder.Facts.MountId);
    });

    /// <inheritdoc/>
    public IJournalFile OpenJournal(string path) => Run(path, () => JournalFile.Open(Open(Parent(path)), Name(path), PrivateFile));

    /// <inheritdoc/>
    public IDisposable? TryHold(string path)
    {
        using LinuxFolder? folder = TryOpen(Parent(path));
        return folder is null ? null : Run(path, () => FileHold.TryTake(folder, Name(path)));
    }

    /// <inheritdoc/>
    public IDisposable Lock(string path) => Run(path, () =>
    {
        FileDescriptor file = FileHold.OpenOrCreate(path);
        NativeResult locked = FLock.Wait(file);
        if (!locked.Succeeded)
        {
            file.Dispose();
        }

        locked.ThrowIfFailed("flock", "lock", UnixPath.Parse(path));
        return file;
    });

    /// <inheritdoc/>
    public IReadOnlyList<(uint First, uint Last)> ReservedIds() => UserIds.Read("/etc");

    private static string Parent(string path) => Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path)) ?? "/";

    private static UnixPath Name(string path) => UnixPath.Parse(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));

    private static LinuxFolder Open(string path) => LinuxFolder.From(new LinuxTreeHost().OpenRoot(path));

    private static LinuxFolder? TryOpen(string path) => Directory.Exists(path) ? Run(path, () => Open(path)) : null;

    // Two commands may make the same store at once.
    private static void CreateOne(LinuxFolder parent, UnixPath name)
    {
        try
        {
            parent.CreateFolder(name, PrivateFolder).Dispose();
        }
        catch (TreeException failure) when (failure.Kind == ErrorKind.AlreadyExists && parent.Find(name)?.Kind == FileKind.Folder)
        {
        }
    }

    private static void Run(string path, Action work) => Run(path, () =>
    {
        work();
        return true;
    });

    private static T Run<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TreeException failure)
        {
            throw StoreFailure.From(failure, path);
        }
    }
}
