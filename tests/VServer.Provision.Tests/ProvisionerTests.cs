using Xunit;

namespace VServer.Provision.Tests;

public sealed class ProvisionerTests : IDisposable
{
    private readonly TemporaryFolder _project = new();
    private readonly EngineFolder _folder;

    public ProvisionerTests() => _folder = new EngineFolder(_project.Path);

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Provision_SecondSourceHasIt_ThirdIsNotAsked()
    {
        var elsewhere = _project.Script("elsewhere/pwsh", "echo called with \"$@\"");
        var third = new Source("third", _ => throw new InvalidOperationException("was asked"));

        Provision(Refusing("first", "not today."), new Source("second", _ => new FoundEngine(elsewhere, "7.6.2")), third);

        Assert.Equal("called with -c x y", ChildProcess.Run(_folder.Command, ["-c", "x y"], TimeSpan.FromMinutes(1)).Output);
    }

    [Fact]
    public void Provision_NoSourceHasIt_NamesEachAndWhyAndWhatToDo()
    {
        var failure = Assert.Throws<EngineUnavailableException>(
            () => Provision(Refusing("first", "it is too old."), Refusing("second", "there is none.")));

        Assert.Equal(
            """
            No PowerShell 7.6 or newer could be had. Tried:
              - first: it is too old.
              - second: there is none.
            Install pwsh 7.6 or newer, or name one in VSERVER_PWSH.
            """,
            failure.Message);
        Assert.False(File.Exists(_folder.Command));
        Assert.Empty(Directory.GetDirectories(_folder.Root));
    }

    [Fact]
    public void Provision_MadeEngine_IsMovedIntoPlaceAndRunsThere()
    {
        Provision(Making("made"));

        Assert.Equal("made", ChildProcess.Run(_folder.Command, [], TimeSpan.FromMinutes(1)).Output);
        Assert.Equal([_folder.Engine], Directory.GetDirectories(_folder.Root));
    }

    [Fact]
    public void Provision_MovedProject_EngineStillRuns()
    {
        Provision(Making("made"));
        var moved = Path.Combine(_project.Path, "moved");
        Directory.CreateDirectory(moved);
        Directory.Move(_folder.Root, Path.Combine(moved, ".engine"));

        Assert.Equal("made", ChildProcess.Run(Path.Combine(moved, ".engine/pwsh"), [], TimeSpan.FromMinutes(1)).Output);
    }

    [Fact]
    public void Provision_InterruptedRunBefore_ItsLeftOversAreRemoved()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "new-4711/source/parts"));
        File.WriteAllText(Path.Combine(_folder.Root, "new-4711/source/parts/half"), "half a file");

        Provision(Making("made"));

        Assert.False(Directory.Exists(Path.Combine(_folder.Root, "new-4711")));
        Assert.True(_folder.IsMadeFor("key"));
    }

    [Fact]
    public void Provision_RunBreaksOff_OldEngineStaysAndIsNotTakenForTheNewOne()
    {
        Provision(Making("old"));

        Assert.Throws<IOException>(() => new Provisioner(_folder, [new Source("broken", _ => throw new IOException("disk full"))], TextWriter.Null).Provision("other"));

        Assert.Equal("old", ChildProcess.Run(_folder.Command, [], TimeSpan.FromMinutes(1)).Output);
        Assert.False(_folder.IsMadeFor("other"));
        Assert.False(_folder.IsMadeFor("key"));
    }

    [Fact]
    public void Provision_SameKeyAgain_AsksNobody()
    {
        Provision(Making("made"));

        Provision(new Source("any", _ => throw new InvalidOperationException("was asked")));

        Assert.True(_folder.IsMadeFor("key"));
    }

    [Fact]
    public void Provision_OtherKey_ReplacesTheEngine()
    {
        Provision(Making("old"));

        new Provisioner(_folder, [Making("new")], TextWriter.Null).Provision("other");

        Assert.Equal("new", ChildProcess.Run(_folder.Command, [], TimeSpan.FromMinutes(1)).Output);
    }

    private static Source Refusing(string name, string reason) => new(name, _ => throw new EngineUnavailableException(reason));

    private Source Making(string says) => new("maker", work =>
    {
        var built = Path.Combine(work, "built");
        var executable = _project.Script(Path.Combine(built, "pwsh"), "echo " + says);
        return new FoundEngine(executable, "7.6.2", built);
    });

    private void Provision(params IEngineSource[] sources) => new Provisioner(_folder, sources, TextWriter.Null).Provision("key");

    private sealed class Source(string name, Func<string, FoundEngine> find) : IEngineSource
    {
        public string Name => name;

        public FoundEngine Find(string workFolder) => find(workFolder);
    }
}
