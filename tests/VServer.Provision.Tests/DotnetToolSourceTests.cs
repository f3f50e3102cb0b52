using VServer.Provision.Sources;
using Xunit;

namespace VServer.Provision.Tests;

public sealed class DotnetToolSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_ToolInstalls_TakesItWithItsFolder()
    {
        // Like dotnet tool install PowerShell --tool-path FOLDER.
        var dotnet = _folder.Script("dotnet", """
            [ "$1 $2 $3 $4" = "tool install PowerShell --tool-path" ] || exit 9
            mkdir -p "$5" && printf '#!/bin/sh\necho 7.6.3\n' > "$5/pwsh" && chmod +x "$5/pwsh"
            """);

        var engine = new DotnetToolSource(dotnet).Find(_folder.Path);

        Assert.Equal("7.6.3", engine.Version);
        Assert.Equal(Path.GetDirectoryName(engine.Executable), engine.BuiltIn);
    }

    [Fact]
    public void Find_NotInFeed_SaysWhatDotnetSaid()
    {
        var dotnet = _folder.Script("dotnet", "echo powershell is not found in NuGet feeds >&2; exit 1");

        var failure = Assert.Throws<EngineUnavailableException>(() => new DotnetToolSource(dotnet).Find(_folder.Path));

        Assert.Contains("not found in NuGet feeds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoDotnet_NamesTheProgram()
    {
        var failure = Assert.Throws<EngineUnavailableException>(() => new DotnetToolSource("/nonesuch/dotnet").Find(_folder.Path));

        Assert.Contains("/nonesuch/dotnet", failure.Message, StringComparison.Ordinal);
    }
}
