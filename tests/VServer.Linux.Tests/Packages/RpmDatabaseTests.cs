using System.Diagnostics;
using VServer.Errors;
using VServer.Linux.Helper;
using VServer.Linux.Tests.Helper;
using VServer.Linux.Tests.Trees;
using VServer.Packages;
using Xunit;

namespace VServer.Linux.Tests.Packages;

[Collection(GuestCollection.Name)]
public sealed class RpmDatabaseTests(RpmRoots roots) : IClassFixture<RpmRoots>, IDisposable
{
    private const string Database = "var/lib/rpm/rpmdb.sqlite";

    private readonly TestTree tree = new();

    private static string Endless => $"sqlite3 {Database} 'ALTER TABLE Packages RENAME TO Old; CREATE VIEW Packages AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n AS hnum, ";

    public void Dispose() => tree.Dispose();

    [RpmFact]
    public void Packages_Sqlite_AreWhatRpmSays() => AssertSame("");

    // rpm leaves its last changes in the log beside the database when it is killed.
    [RpmFact]
    public void Packages_SqliteWithALog_AreWhatRpmSays() => AssertSame(
        $"sqlite3 {Database} '.dbconfig no_ckpt_on_close on' 'PRAGMA wal_autocheckpoint=0' \"DELETE FROM Packages WHERE hnum IN (SELECT hnum FROM Name WHERE key='beta')\" >/dev/null; [ -s {Database}-wal ]");

    [RpmFact]
    public void Packages_Ndb_AreWhatRpmSays() => AssertSame(RpmRoots.ToNdb("."), read: "root");

    [RpmFact]
    public void TryRead_Fifo_IsRefusedAtOnce() => AssertRefused($"rm {Database}; mkfifo {Database}", "Fifo");

    [RpmFact]
    public void TryRead_SymlinkToTheHosts_IsNotFollowed() => AssertRefused($"cp {Database} ../host.sqlite; ln -sf \"$PWD/../host.sqlite\" {Database}; rm -f ../host.sqlite", "SymbolicLink");

    [RpmFact]
    public void TryRead_CutShort_IsOneClearError() => AssertRefused($"truncate -s 100000 {Database}", "malformed");

    [RpmFact]
    public void TryRead_Junk_IsOneClearError() => AssertRefused($"head -c 200000 /dev/urandom >{Database}", "file is not a database");

    [RpmFact]
    public void TryRead_Terabyte_IsRefusedAtOnce() => AssertRefused($"truncate -s 1T {Database}", "larger than any real one");

    [RpmFact]
    public void TryRead_PackagesWithoutEnd_IsEnded() => AssertRefused(Endless + "(SELECT blob FROM Old LIMIT 1) AS blob FROM r'", "more than any real system");

    [RpmFact]
    public void TryRead_LogIsAFifo_IsRefusedAtOnce() => AssertRefused($"rm -f {Database}-wal; mkfifo {Database}-wal", "Fifo");

    [RpmFact]
    public void TryRead_Cancelled_EndsSoon()
    {
        Copy(Endless + "zeroblob(1) AS blob FROM r WHERE n < 0'");
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(300));
        PackageDatabaseReader reader = new(new HelperRpm(GuestImage.BuiltHelper, stop.Token));
        long start = Stopwatch.GetTimestamp();

        Assert.ThrowsAny<OperationCanceledException>(() => reader.TryRead(tree.Root, "web1"));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"took {Stopwatch.GetElapsedTime(start)}");
    }

    [RpmFact]
    public void TryRead_HostWithoutRpm_SaysWhatToInstall()
    {
        Copy("");
        PackageDatabaseReader reader = new(new HelperRpm(GuestImage.BuiltHelper, CancellationToken.None) { Program = "/usr/bin/no-such-rpm" });

        VServerException failure = Assert.Throws<VServerException>(() => reader.TryRead(tree.Root, "web1"));
        Assert.Equal(ErrorIds.HostUnsupported, failure.ErrorId);
        Assert.Contains("apt-get install rpm", failure.Message, StringComparison.Ordinal);
    }

    // Macros and configuration of the guest's own would be run by an rpm that looked at them.
    [RpmFact]
    public void TryRead_MacrosOfTheGuest_AreNotLookedAt()
    {
        string trap = $"{tree.Path}/trap";
        Copy($"mkdir -p etc/rpm usr/lib/rpm root; echo '%_dbpath %(touch {trap})' | tee etc/rpm/macros usr/lib/rpm/macros root/.rpmmacros var/lib/rpm/.rpmmacros >/dev/null");

        Assert.Equal(3, HostRpm.Reader().TryRead(tree.Root, "web1")?.Packages.Count);
        Assert.False(File.Exists(trap));
    }

    private void Copy(string change)
    {
        tree.Run($"cp -a {roots.Path}/root/. .");
        tree.Run(change);
    }

    private void AssertRefused(string change, string why)
    {
        Copy(change);
        VServerException failure = Assert.Throws<VServerException>(() => HostRpm.Reader().TryRead(tree.Root, "web1"));
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, failure.ErrorId);
        Assert.Equal("web1", failure.Target);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
    }

    // Compared with what rpm says of the tree itself, or of the one that the tree was made of.
    private void AssertSame(string change, string? read = null)
    {
        Copy(change);
        IPackageDatabase database = HostRpm.Reader().TryRead(tree.Root, "web1")!; // There is one.
        string before = tree.Run("find . -type f -printf '%p %T@ %C@\\n' | sort");
        foreach (InstalledPackage package in database.Packages)
        {
            Assert.Equal(Ask(read, "-ql", package.Name), Lines(database.FilesOf(package)));
            Assert.Equal(Ask(read, "-qc", package.Name) + Ask(read, "-q --state", package.Name, " | sed -n 's|^normal *\\(/usr/share/alpha/cache\\)$|\\1|p'"), Lines(database.ConfigurationFilesOf(package)));
        }

        Assert.Equal(
            Ask(read, "-qa --queryformat '[%{FILEFLAGS} %{FILEDIGESTS} %{FILENAMES}\\n]'", "", " | awk '!(int($1 / 64) % 2) && !($1 % 2) && length($2) == 64' | sed 's/^[0-9]* //' | sort"),
            string.Concat(database.Packages.SelectMany(((IPackageDigests)database).DigestsOf).Select(static digest => $"{digest.Value} {digest.Path}\n").Order(StringComparer.Ordinal)));
        Assert.Equal(
            Ask(read, "-qa --queryformat '%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE} %{ARCH} %{NAME}\\n'", "", " | sort"),
            string.Concat(database.Packages.Select(package => $"{package.Version} {package.Architecture} {package.Name}\n").Order(StringComparer.Ordinal)));
        Assert.Equal(before, tree.Run("find . -type f -printf '%p %T@ %C@\\n' | sort"));
    }

    // Of a copy, since rpm itself writes beside what it reads.
    private string Ask(string? root, string question, string package, string then = "")
    {
        string said = tree.Run(
            $"cp -a {(root is null ? tree.Path : $"{roots.Path}/{root}")}/var/lib/rpm {roots.Path}/asked; rpm --dbpath {roots.Path}/asked {question} {package} | sed '/^(contains no files)$/d'{then}; rm -r {roots.Path}/asked");
        return said.Length == 0 ? "" : said + "\n";
    }

    private static string Lines(IEnumerable<UnixPath> paths) => string.Concat(paths.Select(path => $"{path}\n"));
}
