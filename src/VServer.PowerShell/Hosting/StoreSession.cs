using VServer.Accounting;
using VServer.Changes;
using VServer.Guards;
using VServer.Guests;
using VServer.Networks;
using VServer.Packages;
using VServer.Ports;
using VServer.Templates;
using VServer.Trust;
using VServer.Unify;

namespace VServer.Hosting;

/// <summary>One open store and the services that work on it.</summary>
internal sealed class StoreSession
{
    private readonly HostParts host;

    /// <summary>Binds the services to a store and a host.</summary>
    public StoreSession(Store store, HostParts host)
    {
        Store = store;
        this.host = host;
        Guests = new GuestService(store, host.Trees, host.Guests);
        GuestMaker = new GuestMaker(store, host.Trees, host.Guests, host.Packages, host.Time);
        GuestEditor = new GuestEditor(store, host.Trees, host.Guests, host.Packages);
        GuestCopier = new GuestCopier(store, host.Trees, host.Guests, host.Packages, host.Time);
    }

    /// <summary>The store.</summary>
    public Store Store { get; }

    /// <summary>The life of its guests.</summary>
    public GuestService Guests { get; }

    /// <summary>What they have changed and not folded into their trees yet.</summary>
    public ChangeService Changes => new(Store, host.Trees, host.Guests, host.Deltas);

    /// <summary>What they write to their consoles.</summary>
    public IGuestLog Log => host.Log;

    /// <summary>Its networks.</summary>
    public NetworkService Networks => new(Store, host.Networks, Guests, GuestEditor, host.Time);

    /// <summary>Its templates.</summary>
    public TemplateService Templates => new(Store, host.Guests);

    /// <summary>Makes templates.</summary>
    public TemplateMaker TemplateMaker => new(Store, host.Trees, host.Guests, host.Packages, host.Time);

    /// <summary>Makes guests; one for all of a session, since it remembers what it has read.</summary>
    public GuestMaker GuestMaker { get; }

    /// <summary>Changes what is known of guests; one for all of a session, since it remembers what the host can.</summary>
    public GuestEditor GuestEditor { get; }

    /// <summary>Gives guests other names.</summary>
    public GuestRenamer GuestRenamer => new(Store, host.Trees, host.Guests);

    /// <summary>Makes copies of guests and templates; one for all of a session, since it remembers what it has read.</summary>
    public GuestCopier GuestCopier { get; }

    /// <summary>Shares files and gives private copies again.</summary>
    public UnifyService Unify => new(Store, host.Trees, host.Guests, host.Packages);

    /// <summary>What waits for guests to be started.</summary>
    public UnifyQueue Queue => new(Store, host.Guests, Unify, static names => new Binding.PackageSelection(names).Includes);

    /// <summary>Counts what guests and templates take.</summary>
    public UsageService Usage => new(Store, host.Trees);

    /// <summary>Finds what unify would still save.</summary>
    public SavingsFinder Savings => new(Store, Unify);

    /// <summary>Lists what is not shared.</summary>
    public UnsharedFiles UnsharedFiles => new(Store, host.Trees, host.Packages);

    /// <summary>Shows and changes guards of files.</summary>
    public GuardService Guards => new(Store, host.Trees, host.Guests);

    /// <summary>Tells what is installed in its trees.</summary>
    public PackageService Packages => new(Store, host.Trees, host.Packages);

    /// <summary>Named files as they are in the tree of a guest or template.</summary>
    public PathSelection FindFiles(string name, PathSelection files, out IReadOnlyList<UnixPath> missing)
    {
        using IFolder root = host.Trees.OpenRoot(Store.TreePath(name));
        return files.In(root, out missing);
    }

    /// <summary>Finds what is not as it should be; one a command, since it remembers what it has learned.</summary>
    public TestService Tests() => new(Store, host.Trees, host.Guests, host.Packages);

    /// <summary>Puts right what tests find; one a repair, since what was learned before is not true after.</summary>
    public RepairService Repairs() => new(Store, host.Trees, host.Guests, host.Packages);

    /// <summary>The packages in the tree of a guest or template; null when it has no database of a known format.</summary>
    public IPackageDatabase? TryReadPackages(string name)
    {
        using IFolder root = host.Trees.OpenRoot(Store.TreePath(name));
        return host.Packages.TryRead(root, name);
    }
}
