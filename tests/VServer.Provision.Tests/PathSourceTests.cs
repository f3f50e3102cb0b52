using VServer.Provision.Sources;
using Xunit;

namespace VServer.Provision.Tests;

public sealed class PathSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EngineFolder _own;

    public PathSourceTests() => _own = new EngineFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_NewEnough_TakesIt()
    {
        var pwsh = _folder.Script("bin/pwsh", "echo 7.6.2");

        var engine = Find("bin");

        Assert.Equal((pwsh, "7.6.2"), (engine.Executable, engine.Version));
        Assert.Null(engine.BuiltIn);
    }

    [Theory]
    [InlineData("7.6.0-preview.5")]
    [InlineData("8.0.0")]
    public void Find_OtherNewVersions_TakesThem(string version)
    {
        _folder.Script("bin/pwsh", "echo " + version);

        Assert.Equal(version, Find("bin").Version);
    }

    [Fact]
    public void Find_FirstTooOldSecondNew_TakesSecond()
    {
        _folder.Script("old/pwsh", "echo 7.4.1");
        var second = _folder.Script("new/pwsh", "echo 7.6.1");

        Assert.Equal(second, Find("old", "new").Executable);
    }

    [Fact]
    public void Find_OnlyTooOld_NamesProgramAndVersion()
    {
        var old = _folder.Script("old/pwsh", "echo 7.4.1");

        var failure = Assert.Throws<EngineUnavailableException>(() => Find("old"));

        Assert.Contains(old, failure.Message, StringComparison.Ordinal);
        Assert.Contains("7.4.1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ProgramFails_SaysWhatItSaid()
    {
        _folder.Script("bin/pwsh", "echo cannot run here >&2; exit 3");

        var failure = Assert.Throws<EngineUnavailableException>(() => Find("bin"));

        Assert.Contains("exit code 3: cannot run here", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_SomethingElseNamedPwsh_IsRefused()
    {
        _folder.Script("bin/pwsh", "echo hello");

        var failure = Assert.Throws<EngineUnavailableException>(() => Find("bin"));

        Assert.Contains("\"hello\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_LinkToOwnEngine_IsNotTaken()
    {
        var own = _folder.Script(".engine/engine/pwsh", "echo 7.6.2");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "bin"));
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "bin/pwsh"), own);

        Assert.Throws<EngineUnavailableException>(() => Find("bin"));
    }

    [Fact]
    public void Find_NoPath_SaysThereIsNone()
    {
        var failure = Assert.Throws<EngineUnavailableException>(() => new PathSource(null, _own).Find(_folder.Path));

        Assert.Equal("there is none.", failure.Message);
    }

    private FoundEngine Find(params string[] folders)
    {
        var path = string.Join(':', folders.Select(folder => Path.Combine(_folder.Path, folder)));
        return new PathSource(path, _own).Find(_folder.Path);
    }
}
