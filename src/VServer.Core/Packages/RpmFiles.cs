using VServer.Errors;
using VServer.Ports;

namespace VServer.Packages;

/// <summary>The files of an rpm database in a tree.</summary>
internal sealed class RpmFiles : IDisposable
{
    // The newer place first: where one is a link to the other (Fedora), only the real one is a folder.
    private static readonly UnixPath[] Folders = [UnixPath.Parse("usr/lib/sysimage/rpm"), UnixPath.Parse("var/lib/rpm")];

    private const string Sqlite = "rpmdb.sqlite";
    private const string SqliteLog = "rpmdb.sqlite-wal";
    private const string Ndb = "Packages.db";

    private static readonly string[][] Forms = [[Sqlite, SqliteLog], [Ndb]];

    // Several times the largest real ones; they are read in memory.
    private const int MostBytes = 512 * 1024 * 1024;

    // The largest real systems name some ten thousand packages, and half a million files.
    private const int MostPackagesAnswer = 4 * 1024 * 1024;
    private const int MostFilesAnswer = 256 * 1024 * 1024;

    private readonly DatabaseFile main;
    private readonly Dictionary<string, IFile> files = [];

    private RpmFiles(DatabaseFile main) => this.main = main;

    /// <summary>What tells this state of the database from any other.</summary>
    public string Mark => string.Join(' ', files.OrderBy(file => file.Key).Select(file => $"{file.Key} {file.Value.Facts}"));

    /// <summary>Opens the database's files; null when a tree has none.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static RpmFiles? TryOpen(IFolder root, string owner)
    {
        foreach (UnixPath place in Folders)
        {
            using IFolder? folder = root.TryOpenFolder(place);
            foreach (string[] names in folder is null ? [] : Forms)
            {
                if (folder!.Find(UnixPath.Parse(names[0])) is not null) // There is one, or there were no names.
                {
                    return Open(folder, place, owner, names);
                }
            }
        }

        return null;
    }

    /// <summary>Asks rpm about it.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>, <see cref="ErrorIds.HostUnsupported"/>.</exception>
    public ReadOnlyMemory<byte> Query(IRpmProgram rpm, string format)
    {
        RpmQuestion question = new(main.Owner, format, format == RpmFormat.Packages ? MostPackagesAnswer : MostFilesAnswer);
        if (!files.TryGetValue(Ndb, out IFile? ndb))
        {
            return rpm.Query(question with { Files = files });
        }

        // Not every rpm can read this form (Debian's cannot), and every one can read the headers that are in it.
        return rpm.Query(question with { Headers = NdbPackages.Read(main, main.ReadAll(ndb, MostBytes)) });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IFile file in files.Values)
        {
            file.Dispose();
        }
    }

    private static RpmFiles Open(IFolder folder, UnixPath place, string owner, string[] names)
    {
        RpmFiles opened = new(new DatabaseFile(owner, place.Combine(UnixPath.Parse(names[0]))));
        try
        {
            foreach (string name in names)
            {
                opened.Add(folder, new DatabaseFile(owner, place.Combine(UnixPath.Parse(name))), name);
            }

            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private void Add(IFolder folder, DatabaseFile path, string name)
    {
        if (path.TryOpenIn(folder) is not { } file)
        {
            return;
        }

        files.Add(name, file);
        if (file.Facts.Size > MostBytes)
        {
            throw path.Invalid("is larger than any real one");
        }
    }
}
