using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Packages;

public sealed class RpmDatabaseTests
{
    private const string Place = "usr/lib/sysimage/rpm/rpmdb.sqlite";
    private const string Alpha = "P 'alpha' (none) '1.0' '2' 'noarch'\n";

    [Theory]
    [InlineData("(none)", "1.0-2")]
    [InlineData("0", "1.0-2")]
    [InlineData("3", "3:1.0-2")]
    public void Packages_Epoch_IsPartOfTheVersion(string epoch, string version) =>
        Assert.Equal(new InstalledPackage("alpha", version, "noarch"), Assert.Single(Read(new ScriptedRpm(Alpha.Replace("(none)", epoch, StringComparison.Ordinal))).Packages));

    [Fact]
    public void Packages_Keys_AreNone() =>
        Assert.Equal(["alpha"], Read(new ScriptedRpm("P 'gpg-pubkey' (none) 'a' 'b' (none)\n" + Alpha)).Packages.Select(package => package.Name));

    [Fact]
    public void FilesOf_QuotesAndBytes_StayAsTheyAre()
    {
        string files = Alpha + "F 0 0 '/a'\\''b'\nF 0 0 '/'\\'''\nF 0 0 '/x\ny'\nF 0 0 '/\xff'\nP 'beta' (none) '1' '1' 'noarch'\nF 0 0 '/beta'\n";
        IPackageDatabase database = Read(new ScriptedRpm(Alpha, files));

        Assert.Equal(["/a'b", "/'", "/x\\x0ay", "/\\xff"], database.FilesOf(database.Packages[0]).Select(path => path.ToString()));
    }

    [Fact]
    public void ConfigurationFilesOf_ConfigurationAndGhosts_AreTheGuestsOwn()
    {
        IPackageDatabase database = Read(new ScriptedRpm(Alpha, Alpha + "F 0 0 '/bin'\nF 17 0 '/conf'\nF 64 0 '/ghost'\nF 2 0 '/doc'\n"));

        Assert.Equal(["/bin", "/conf", "/ghost", "/doc"], database.FilesOf(database.Packages[0]).Select(path => path.ToString()));
        Assert.Equal(["/conf", "/ghost"], database.ConfigurationFilesOf(database.Packages[0]).Select(path => path.ToString()));
    }

    [Theory]
    [InlineData("8", "SHA256")]
    [InlineData("10", "SHA512")]
    [InlineData("(none)", "MD5")]
    public void DigestsOf_FilesAsInstalled_AreThose(string algorithm, string name)
    {
        string files = Alpha + $"D {algorithm}\nG 4294967295 '00ff' 0 0 '/file'\nG 4294967295 '' 0 0 '/folder'\nG 4294967295 '01' 17 0 '/conf'\nG 4294967295 '02' 64 0 '/ghost'\n"
            + "G 4294967294 '03' 0 0 '/changes'\nG 4294967295 'x4' 0 0 '/odd'\nG 4294967295 '05' 0 1 '/replaced'\nG (none) 'AB' 0 0 '/old'\nG 1 '06' 0 0 '/../out'\n";
        IPackageDigests database = (IPackageDigests)Read(new ScriptedRpm(Alpha, files));

        Assert.Equal([$"/file {name} 00ff", $"/old {name} ab"], database.DigestsOf(database.Packages[0]).Select(static digest => $"{digest.Path} {digest.Algorithm} {digest.Value}"));
    }

    [Theory]
    [InlineData("D 99\nG 1 '00' 0 0 '/file'\n")]
    [InlineData("")]
    public void DigestsOf_AlgorithmUnknownOrNoFiles_IsNothing(string files)
    {
        IPackageDigests database = (IPackageDigests)Read(new ScriptedRpm(Alpha, Alpha + files));

        Assert.Empty(database.DigestsOf(database.Packages[0]));
    }

    [Fact]
    public void FilesOf_FilesThatAreNotThere_AreLeftOut()
    {
        IPackageDatabase database = Read(new ScriptedRpm(Alpha, Alpha + "F 0 1 '/replaced'\nF 0 2 '/excluded'\nF 0 (none) '/old'\nF (none) (none) (none)\n"));

        Assert.Equal(["/old"], database.FilesOf(database.Packages[0]).Select(path => path.ToString()));
    }

    [Fact]
    public void FilesOf_PathsThatCannotBe_AreLeftOut()
    {
        string files = Alpha + "F 0 0 '/../etc/shadow'\nF 0 0 'relative'\nF 0 0 '/a/../../b'\nF 0 0 '//'\nF 0 0 '/a//b'\n"
            + $"F 0 0 '/{new string('x', 300)}'\nF 0 0 '{string.Concat(Enumerable.Repeat("/a", 3000))}'\nF 0 0 '/good'\n";
        IPackageDatabase database = Read(new ScriptedRpm(Alpha, files));

        Assert.Equal(["/good"], database.FilesOf(database.Packages[0]).Select(path => path.ToString()));
    }

    [Theory]
    [InlineData("junk")]
    [InlineData("P 'alpha' (none) '1' '1'\n")]
    [InlineData("P 'al pha' (none) '1' '1' 'noarch'\n")]
    [InlineData("P 'alpha\u001b[2J' (none) '1' '1' 'noarch'\n")]
    [InlineData("P 'alpha (none) '1' '1' 'noarch'\n")]
    [InlineData("P 'alpha' (none) '1' '1' 'noarch'")]
    [InlineData("P '' (none) '1' '1' 'noarch'\nF 0 0")]
    [InlineData("P 'alpha' (none) '1' '1' 'noarch'\nF 0 0 '/a")]
    [InlineData("P 'alpha' (none) '1' '1' 'noarch'\nF x 0 '/a'\n")]
    [InlineData("P 'alpha' (none) '1' '1' 'noarch'\nF 99999999999 0 '/a'\n")]
    public void Packages_AnswerThatIsNoAnswer_IsOneClearError(string answer)
    {
        VServerException failure = Assert.Throws<VServerException>(() => Read(new ScriptedRpm(answer)));
        Assert.Equal(ErrorIds.PackageDatabaseInvalid, failure.ErrorId);
        Assert.Equal("web1", failure.Target);
    }

    [Fact]
    public void TryRead_SameDatabaseAgain_AsksOnceAndForFilesOnlyWhenTheyAreWanted()
    {
        using MemoryFolder root = Root();
        ScriptedRpm rpm = new(Alpha, Alpha);
        PackageDatabaseReader reader = new(rpm);
        IPackageDatabase[] databases = [.. Enumerable.Range(0, 3).Select(_ => reader.TryRead(root, "web1")!)]; // There is one.
        Assert.Equal([RpmFormat.Packages], rpm.Asked.Select(question => question.Format));

        foreach (IPackageDatabase database in databases)
        {
            database.FilesOf(database.Packages[0]);
            database.ConfigurationFilesOf(database.Packages[0]);
        }

        Assert.Equal([RpmFormat.Packages, RpmFormat.Files], rpm.Asked.Select(question => question.Format));
        Assert.Equal(["rpmdb.sqlite"], rpm.Asked[0].Files.Keys);
    }

    [Theory]
    [InlineData("var/lib/rpm/rpmdb.sqlite")]
    [InlineData("usr/lib/sysimage/rpm/rpmdb.sqlite")]
    public void TryRead_EitherPlace_IsFound(string place)
    {
        using MemoryFolder root = new MemoryFolder().With(place, "x");
        Assert.Equal("rpm", new PackageDatabaseReader(new ScriptedRpm(Alpha)).TryRead(root, "web1")?.Format);
    }

    [Fact]
    public void TryRead_FolderIsASymlinkElsewhere_IsNotFollowed()
    {
        using MemoryFolder root = new MemoryFolder().With("evil/rpmdb.sqlite", "x").WithLink("var/lib/rpm", "/evil").WithLink("usr/lib/sysimage", "/evil");
        ScriptedRpm rpm = new(Alpha);
        Assert.Null(new PackageDatabaseReader(rpm).TryRead(root, "web1"));
        Assert.Empty(rpm.Asked);
    }

    [Fact]
    public void TryRead_EmptyDpkgBeside_IsNotTheOneMeant()
    {
        using MemoryFolder root = Root().With("var/lib/dpkg/status", "");
        Assert.Equal("rpm", new PackageDatabaseReader(new ScriptedRpm(Alpha)).TryRead(root, "web1")?.Format);
    }

    private static MemoryFolder Root() => new MemoryFolder().With(Place, "x");

    private static IPackageDatabase Read(ScriptedRpm rpm)
    {
        using MemoryFolder root = Root();
        return new PackageDatabaseReader(rpm).TryRead(root, "web1")!; // There is one, or it throws.
    }
}
