using System.Globalization;
using System.Text;
using VServer.Guests;
using VServer.Linux.Storage;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Trees;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Linux.Tests.Unify;

/// <summary>A store in a folder of its own, with guests whose trees a shell makes, so that the tests do not trust what they test.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly string folder;

    public TestStore(params string[] guests)
        : this(Directory.CreateTempSubdirectory("vserver-unify-").FullName, guests)
    {
    }

    private TestStore(string folder, string[] guests)
    {
        this.folder = folder;
        Store = Store.OpenOrCreate($"{folder}/store", new LinuxStoreHost());
        foreach (string guest in guests)
        {
            Directory.CreateDirectory(Store.TreePath(guest));
            Store.Save(new GuestConfig { Name = guest, HostName = guest });
        }
    }

    /// <summary>A store on another file system.</summary>
    public static TestStore On(LoopTree tree, params string[] guests) => new(Directory.CreateDirectory($"{tree.Path}/of-store").FullName, guests);

    public Store Store { get; }

    public ListedPackages Packages { get; } = new();

    /// <summary>What opens the trees: a test may put itself between.</summary>
    public ITreeHost Trees { get; init; } = new LinuxTreeHost();

    public UnifyService Service(params string[] running) => new(Store, Trees, new StoppedGuests(running), Packages);

    public UnifyResult Unify(string guest, Func<UnifyRequest, UnifyRequest>? change = null)
    {
        UnifyRequest request = new() { Reference = "ref", Guests = [guest], Scope = UnifyScope.Tree };
        return Service().Unify(change?.Invoke(request) ?? request, CancellationToken.None).Single();
    }

    /// <summary>Unifies all guests with each other.</summary>
    public IReadOnlyList<UnifyResult> UnifyContent(UnifyGuard guard = UnifyGuard.MayUnlink) => Service().Unify(
        new UnifyRequest { Guests = Store.GuestNames(), Scope = UnifyScope.Content, Guard = guard }, CancellationToken.None);

    public UndoResult Undo(string guest, Func<UndoRequest, UndoRequest>? change = null)
    {
        UndoRequest request = new() { Guest = guest };
        return Service().Undo(change?.Invoke(request) ?? request, CancellationToken.None);
    }

    /// <summary>Runs a script in the folder of the trees.</summary>
    public string Shell(string script, Encoding? encoding = null) => Tests.Trees.Shell.Run(script, Store.Path, encoding);

    /// <summary>The bytes used on its file system, once all is written; xfs frees in the background, which a freeze waits for.</summary>
    public long UsedBytes => long.Parse(
        Shell("sync -f .; if [ $(stat -f -c %T .) = xfs ]; then at=$(stat -c %m .); fsfreeze -f $at; fsfreeze -u $at; fi; df --output=used -B1 . | tail -1"),
        CultureInfo.InvariantCulture);

    /// <summary>Every name of a tree with type, mode, owner, size, time to the nanosecond, link target, attributes and content.</summary>
    public string View(string tree) => Shell(
        $"cd {tree}; find . -printf '%p %y %m %U %G %s %T@ %l\\n' | awk '$2 == \"d\" {{ $6 = \"\" }} 1' | sort; getfattr -R -h -d -m - . 2>/dev/null || true; find . -type f -print0 | sort -z | xargs -0r sha256sum");

    public bool IsOneInode(string left, string right) => Shell($"[ {left} -ef {right} ] && echo yes || echo no") == "yes";

    public void Dispose()
    {
        // By rm, since names that are not UTF-8 cannot be removed through strings.
        Shell($"chattr -R -i . 2>/dev/null || true; rm -rf {folder}");
    }
}
