namespace VServer.Provision.Making;

/// <summary>Compiles the launcher against the rewritten assemblies and puts them all into one folder.</summary>
public sealed class LauncherBuild(string dotnet, string project, TextWriter log)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    /// <summary>Publishes, compiled ahead of time where the compiler for that can be had: it halves the start-up.</summary>
    /// <exception cref="EngineUnavailableException">The launcher does not compile.</exception>
    public void Publish(string assemblies, string artifacts, string engine)
    {
        var result = Publish(assemblies, artifacts, engine, aheadOfTime: true);
        if (result.ExitCode != 0)
        {
            log.WriteLine($"note: the engine is not compiled ahead of time and starts slower: {result.Summary}");
            result = Publish(assemblies, artifacts, engine, aheadOfTime: false);
        }

        if (result.ExitCode != 0)
        {
            throw new EngineUnavailableException($"the launcher does not compile:\n{result.Output}");
        }
    }

    private ChildResult Publish(string assemblies, string artifacts, string engine, bool aheadOfTime) => ChildProcess.Run(
        dotnet,
        [
            "publish", project, "--nologo", "--verbosity", "quiet", "--output", engine,
            $"-p:EngineAssemblies={assemblies}",
            $"-p:ArtifactsPath={artifacts}",
            $"-p:PublishReadyToRun={aheadOfTime}",
        ],
        s_limit);
}
