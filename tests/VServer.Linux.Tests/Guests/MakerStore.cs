using VServer.Guests;
using VServer.Linux.Storage;
using VServer.Linux.Tests.Packages;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Tests.Unify;
using VServer.Linux.Trees;
using VServer.Packages;
using VServer.Ports;
using VServer.Templates;

namespace VServer.Linux.Tests.Guests;

/// <summary>A store in a folder of its own, and the services that make things in it. Scripts run in the folder around it.</summary>
internal sealed class MakerStore : IDisposable
{
    private readonly TestTree? tree;

    /// <summary>A store on the file system of all tests.</summary>
    public MakerStore()
    {
        tree = new TestTree();
        Path = tree.Path;
        Store = Store.OpenOrCreate($"{Path}/store", new LinuxStoreHost());
    }

    /// <summary>A store in a folder that somebody else removes.</summary>
    public MakerStore(string folder)
    {
        Path = folder;
        Store = Store.OpenOrCreate($"{Path}/store", new LinuxStoreHost());
    }

    public string Path { get; }

    public Store Store { get; }

    public IPackageDatabaseReader Packages { get; init; } = HostRpm.Reader();

    /// <summary>What tells of running guests, and reserves.</summary>
    public IGuestHost Host { get; init; } = new StoppedGuests();

    public GuestMaker Guests => new(Store, new LinuxTreeHost(), Host, Packages, TimeProvider.System);

    public GuestCopier Copies => new(Store, new LinuxTreeHost(), Host, Packages, TimeProvider.System);

    public GuestService Service => new(Store, new LinuxTreeHost(), Host);

    public TemplateMaker Templates => new(Store, new LinuxTreeHost(), Host, Packages, TimeProvider.System);

    public string Run(string script) => Shell.Run(script, Path);

    /// <summary>A small system with one package in a folder of that name.</summary>
    public void MakeSystem(string folder) => Run($$"""
        mkdir -p {{folder}}; cd {{folder}}
        mkdir -p usr/bin usr/share/tool etc/tool usr/lib var/lib/dpkg/info var/log/apt var/lib/tool
        ln -s usr/bin bin
        echo tool >usr/bin/tool; chmod 4755 usr/bin/tool; echo data >usr/share/tool/data; : >usr/share/tool/empty
        echo setting >etc/tool/tool.conf; echo state >var/lib/tool/state; echo local >usr/bin/local
        ln -s tool usr/bin/tool-link
        ln usr/bin/tool usr/bin/tool-again
        printf '%s\n' /. /bin /bin/tool /bin/tool-again /bin/tool-link /usr /usr/bin /usr/share /usr/share/tool /usr/share/tool/data /usr/share/tool/empty /etc /etc/tool /etc/tool/tool.conf /var /var/lib /var/lib/tool /var/lib/tool/state >var/lib/dpkg/info/tool.list
        printf 'Package: tool\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\nConffiles:\n /etc/tool/tool.conf 0\n\n' >var/lib/dpkg/status
        touch -d @1000000000.123456789 usr/bin/* usr/share/tool/* etc/tool/* usr/share/tool usr/bin etc/tool usr
        """);

    /// <summary>The same as a complete template.</summary>
    public void MakeTemplate(string name)
    {
        MakeSystem($"store/{name}");
        Store.Save(new TemplateConfig { Name = name, TrustGroup = "friends" });
    }

    public string CreateGuest(string name, Func<NewGuest, NewGuest>? change = null)
    {
        NewGuest request = new() { Name = name, Template = "ref" };
        return Guests.Create(change?.Invoke(request) ?? request, CancellationToken.None);
    }

    public void CopyGuest(string name) => Copies.Copy(new CopyRequest { Reference = "ref", Names = [name] }, CancellationToken.None);

    public bool IsOneInode(string left, string right) => Run($"[ store/{left} -ef store/{right} ] && echo yes || echo no") == "yes";

    /// <summary>What a store has beside its own folders: nothing, when nothing was made.</summary>
    public string Contents() => Run("cd store; find . -mindepth 1 -maxdepth 1 -not -name .vserver; find .vserver -type f");

    public void Dispose() => tree?.Dispose();
}
