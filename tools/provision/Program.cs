using System.Runtime.Versioning;
using VServer.Provision.Making;
using VServer.Provision.Rewriting;
using VServer.Provision.Sources;

[assembly: SupportedOSPlatform("linux")]

namespace VServer.Provision;

/// <summary>Finds or makes the PowerShell that the project is built and tested with.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [var root, var key])
        {
            Console.Error.WriteLine("usage: VServer.Provision PROJECT-ROOT KEY");
            return 2;
        }

        try
        {
            Compose(root).Provision(key);
            return 0;
        }
        catch (Exception failure) when (failure is EngineUnavailableException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }

    private static Provisioner Compose(string root)
    {
        var folder = new EngineFolder(root);
        var log = Console.Error;
        var launcher = new LauncherBuild("dotnet", Path.Combine(root, "tools/provision/Launcher/VServer.Engine.csproj"), log);
        var maker = new EngineMaker(
            FileDigests.Parse(Resource("files.sha256")), ReplacementTable.Parse(Resource("methods.txt")), launcher, log);
        return new Provisioner(
            folder,
            [
                new EnvironmentSource(Environment.GetEnvironmentVariable("VSERVER_PWSH"), folder),
                new PathSource(Environment.GetEnvironmentVariable("PATH"), folder),
                new DotnetToolSource("dotnet"),
                new PackageSource(new PackageDownload("npm", folder.Cache, log), maker),
            ],
            log);
    }

    private static string Resource(string name)
    {
        using var stream = typeof(Program).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
