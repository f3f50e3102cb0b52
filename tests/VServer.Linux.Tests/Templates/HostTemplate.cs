using VServer.Linux.Tests.Guests;
using VServer.Templates;

namespace VServer.Linux.Tests.Templates;

/// <summary>A template made once, for several tests, of packages of this very host; none where they are not dpkg's.</summary>
public sealed class HostTemplate : IDisposable
{
    private readonly MakerStore store = new();

    public HostTemplate()
    {
        if (File.Exists("/var/lib/dpkg/status"))
        {
            store.Templates.Create(new NewTemplate { Name = "refbox", Packages = ["bash", "coreutils"] }, CancellationToken.None);
        }
    }

    public string Run(string script) => store.Run(script);

    public void Dispose() => store.Dispose();
}
