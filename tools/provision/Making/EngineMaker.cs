using VServer.Provision.Rewriting;

namespace VServer.Provision.Making;

/// <summary>Makes a folder with a running engine out of the package's tarball.</summary>
public sealed class EngineMaker(FileDigests digests, ReplacementTable table, LauncherBuild launcher, TextWriter log)
{
    // The package has this one in lower case; assemblies refer to it by this name.
    private const string Infrastructure = "Microsoft.Management.Infrastructure.dll";

    // The Windows program's own entry point.
    private const string ReplacedByLauncher = "pwsh.dll";

    /// <summary>Extracts, checks, rewrites and compiles.</summary>
    /// <param name="tarball">The checked tarball.</param>
    /// <param name="parts">A folder for what is needed on the way.</param>
    /// <param name="engine">The folder to make.</param>
    /// <exception cref="EngineUnavailableException">A file is not the pinned one, or the launcher cannot be compiled.</exception>
    public void Make(string tarball, string parts, string engine)
    {
        log.WriteLine("Making PowerShell for this machine out of its Windows build...");
        var package = Path.Combine(parts, "package");
        PackageExtractor.Extract(tarball, digests.Names, package);
        digests.Require(package);
        File.Move(Path.Combine(package, Infrastructure.ToLowerInvariant()), Path.Combine(package, Infrastructure));
        var assemblies = Directory.CreateDirectory(Path.Combine(parts, "assemblies")).FullName;
        RewriteAll(package, assemblies);
        launcher.Publish(assemblies, Path.Combine(parts, "launcher"), engine);
        LauncherMethod.RequireAll(engine);
        foreach (var folder in new[] { "Modules", "ref" })
        {
            Directory.Move(Path.Combine(package, folder), Path.Combine(engine, folder));
        }
    }

    private void RewriteAll(string package, string assemblies)
    {
        var rewriter = new AssemblyRewriter(table);
        foreach (var name in Directory.GetFiles(package, "*.dll").Select(Path.GetFileName).OfType<string>().Except([ReplacedByLauncher]))
        {
            rewriter.Rewrite(Path.Combine(package, name), Path.Combine(assemblies, name));
        }
    }
}
