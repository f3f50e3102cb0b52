using VServer.Provision.Sources;
using Xunit;

namespace VServer.Provision.Tests;

public sealed class EnvironmentSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_NamedProgram_TakesIt()
    {
        var named = _folder.Script("my-pwsh", "echo 7.6.2");

        Assert.Equal(named, Find(named).Executable);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Find_NotSet_SaysSo(string? value)
    {
        var failure = Assert.Throws<EngineUnavailableException>(() => Find(value));

        Assert.Equal("it is not set.", failure.Message);
    }

    [Fact]
    public void Find_Missing_NamesIt()
    {
        var failure = Assert.Throws<EngineUnavailableException>(() => Find("/nonesuch/pwsh"));

        Assert.Equal("/nonesuch/pwsh does not exist.", failure.Message);
    }

    [Fact]
    public void Find_OwnCommand_IsRefusedSinceItWouldCallItself()
    {
        var own = _folder.Script(".engine/pwsh", "echo 7.6.2");

        Assert.Throws<EngineUnavailableException>(() => Find(own));
    }

    private FoundEngine Find(string? value) => new EnvironmentSource(value, new EngineFolder(_folder.Path)).Find(_folder.Path);
}
