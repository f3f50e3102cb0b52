using Xunit;

namespace VServer.Provision.Tests;

/// <summary>build.sh in a project of its own, with made-up programs in the place of dotnet, the engine and apt-get.</summary>
public sealed class BuildScriptTests : IDisposable
{
    private readonly TemporaryFolder _project = new();

    public BuildScriptTests()
    {
        File.Copy(Path.Combine(Repository(), "build.sh"), Path.Combine(_project.Path, "build.sh"));
        _project.Script("tools/provision/source", "one");
        _project.Script("bin/dpkg-query", "for word; do case $word in -*|*{*) ;; *) printf '%s:installed ' \"$word\" ;; esac; done");
        // Stands for the provisioning tool, called as: dotnet run --project FILE -- ROOT KEY.
        _project.Script("bin/dotnet", """
            echo made >> "$5/made"
            echo "$6" > "$5/.engine/stamp"
            """);
        // Stands for the engine: says how it was called, to both streams.
        _project.Script(".engine/pwsh", """
            echo "out: $PSModulePath|$*"
            echo "err" >&2
            case "$*" in *fail*) exit 7 ;; esac
            """);
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData]
    [InlineData("frobnicate")]
    public void Run_NoTaskOrUnknownOne_ShowsUsage(params string[] arguments)
    {
        var result = Run(arguments);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("usage: ./build.sh", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Task_RunsBuildScriptInTheEngineWithFurtherArguments()
    {
        var result = Run("bench", "unify-copies");

        Assert.EndsWith($"|-NoProfile -NonInteractive -File {_project.Path}/build.ps1 -Task Bench unify-copies", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TaskFails_EndsWithItsExitCode() => Assert.Equal(7, Run("test", "fail").ExitCode);

    [Fact]
    public void Run_Twice_MakesTheEngineOnce()
    {
        Run("build");
        Run("build");

        Assert.Single(File.ReadAllLines(Path.Combine(_project.Path, "made")));
    }

    [Fact]
    public void Run_ToolChanged_MakesTheEngineAgain()
    {
        Run("build");
        _project.Script("tools/provision/source", "two");
        Run("build");

        Assert.Equal(2, File.ReadAllLines(Path.Combine(_project.Path, "made")).Length);
    }

    [Fact]
    public void Run_Pwsh_ShowsOnlyWhatWasAskedForWithTheModuleOnThePath()
    {
        var result = Run("pwsh", "-Command", "two words");

        Assert.Equal($"out: {_project.Path}/out|-Command two words", result.Output);
        Assert.Equal("err", result.Error);
    }

    [Fact]
    public void Run_NoDotnet_NamesWhatIsNeeded()
    {
        File.Delete(Path.Combine(_project.Path, "bin/dotnet"));

        var result = Run("build");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("build.sh: the .NET 10 SDK is needed and there is no dotnet on PATH", result.Error);
    }

    [Fact]
    public void Run_PackageMissingAndNotRoot_NamesIt()
    {
        _project.Script("bin/dpkg-query", "printf 'gcc:installed make:not-installed '");
        _project.Script("bin/id", "echo 1000");

        var result = Run("build");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("only root can install them: apt-get install make musl-tools", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PackageMissingAndRoot_InstallsThoseAlone()
    {
        _project.Script("bin/dpkg-query", "printf 'gcc:installed make:not-installed musl-tools:installed '");
        _project.Script("bin/id", "echo 0");
        _project.Script("bin/apt-get", $"echo \"$*\" >> {_project.Path}/apt");

        Run("build");

        Assert.Equal(
            ["-qq update", "-qq install -y --no-install-recommends make"],
            File.ReadAllLines(Path.Combine(_project.Path, "apt")));
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "build.sh")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("There is no build.sh above the tests.");
        }

        return folder;
    }

    private ChildResult Run(params string[] arguments)
    {
        // Only what the script calls is on its PATH, so that no dotnet and no pwsh of this machine is.
        foreach (var program in new[] { "cat", "cut", "dirname", "find", "getent", "id", "readlink", "rm", "sha256sum", "sh", "sort", "xargs", "npm" })
        {
            var link = Path.Combine(_project.Path, "bin", program);
            if (!File.Exists(link))
            {
                File.CreateSymbolicLink(link, "/usr/bin/" + program);
            }
        }

        return ChildProcess.Run(
            "/usr/bin/env",
            ["-i", $"PATH={_project.Path}/bin", "HOME=/root", "/bin/bash", Path.Combine(_project.Path, "build.sh"), .. arguments],
            TimeSpan.FromMinutes(1));
    }
}
