using System.Security.Cryptography;

namespace VServer.Provision.Making;

/// <summary>Fetches the one pinned tarball with npm, and takes nothing that differs from it.</summary>
public sealed class PackageDownload(string npm, string cacheFolder, TextWriter log)
{
    private const string PackageName = "likecu-powershell-win10";
    private const string PackageVersion = "7.6.2";
    private const string Integrity =
        "M/giS/cVNMxiPcWJnfu6FxWrBrbBWiAPRAfH9PkrDtb7fYZ9i31MLiBzGS/u7vZnoEytdKbGIZdMa+mn7cLOBQ==";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(15);

    /// <summary>Package and version, as npm writes them.</summary>
    public const string Specification = PackageName + "@" + PackageVersion;

    /// <summary>The checked tarball, from the cache when it is there.</summary>
    /// <exception cref="EngineUnavailableException">It cannot be had, or is not the pinned one.</exception>
    public string Get()
    {
        Directory.CreateDirectory(cacheFolder);
        var tarball = Path.Combine(cacheFolder, $"{PackageName}-{PackageVersion}.tgz");
        if (!File.Exists(tarball))
        {
            Fetch(tarball);
        }

        return Checked(tarball);
    }

    private void Fetch(string tarball)
    {
        log.WriteLine($"Downloading {Specification} (114 MB)...");
        var partial = Directory.CreateDirectory(tarball + ".part");
        var result = ChildProcess.Run(npm, ["pack", Specification, "--loglevel", "error", "--pack-destination", partial.FullName], s_limit);
        var file = partial.GetFiles().SingleOrDefault();
        if (result.ExitCode != 0 || file is null)
        {
            throw new EngineUnavailableException($"npm pack failed: {result.Summary}");
        }

        file.MoveTo(tarball, overwrite: true);
        partial.Delete(recursive: true);
    }

    private static string Checked(string tarball)
    {
        using var stream = File.OpenRead(tarball);
        var found = Convert.ToBase64String(SHA512.HashData(stream));
        if (found == Integrity)
        {
            return tarball;
        }

        File.Delete(tarball);
        throw new EngineUnavailableException($"the tarball of {Specification} has integrity sha512-{found}, not sha512-{Integrity}; it was thrown away.");
    }
}
