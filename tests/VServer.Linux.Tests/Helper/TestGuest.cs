using System.Text;
using VServer.Changes;
using VServer.Guards;
using VServer.Guests;
using VServer.Linux.Helper;
using VServer.Linux.Storage;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Tests.Helper;

/// <summary>A guest whose files are hard links to another tree's, as unified guests' are.</summary>
internal sealed class TestGuest : IDisposable
{
    /// <summary>Kills the helper at a system call.</summary>
    public const string Strace = "/usr/bin/strace";

    private static int count;

    public TestGuest(GuestImage image, string? helper = null, LoopTree? on = null)
    {
        int number = Interlocked.Increment(ref count);
        string name = $"guest{number}";
        string id = $"test-{Environment.ProcessId}-{number}";
        Folder = $"{on?.Path ?? image.Root}/{id}";

        // Links of the image; of a copy of it where the file system is another.
        string like = on is null ? $"{image.Root}/image" : $"{Folder}/image";
        Shell.Run($"mkdir -p '{Folder}/delta'; [ -d '{like}' ] || cp -a '{image.Root}/image' '{like}'; cp -al '{like}' '{Folder}/shared'; cp -al '{like}' '{Folder}/{name}'");
        Place = new GuestPlace(name, $"{Folder}/{name}", $"{Folder}/delta/upper", $"{Folder}/delta/work", $"{Folder}/run/{id}/{name}");
        Config = new GuestConfig { Name = name, HostName = $"host-{number}", IdBase = 1_000_000_000 + ((uint)number * 65536) };
        Host = new HelperGuestHost(helper ?? image.Helper);
    }

    /// <summary>Puts it into a store of its own, where a store's guests are.</summary>
    public Store MoveToStore()
    {
        Store store = Store.OpenOrCreate(Folder, new LinuxStoreHost());
        store.Save(Config);
        Place = store.Place(Place.Name);
        return store;
    }

    public string Folder { get; }

    public GuestPlace Place { get; private set; }

    public GuestConfig Config { get; set; }

    public HelperGuestHost Host { get; }

    /// <summary>A tree whose inodes the guest's tree shares.</summary>
    public string Shared => $"{Folder}/shared";

    /// <summary>What the helper is asked to settle it with, for printf.</summary>
    public string SettleRequest => $"name={Place.Name}\\0tree={Place.Tree}\\0upper={Place.Upper}\\0work={Place.Work}\\0run={Place.Run}\\0";

    /// <summary>The system calls by which settling changes anything.</summary>
    public const string SettlesBy = "renameat,renameat2,unlinkat,mkdirat,fsetxattr,fremovexattr,lremovexattr,fchmod,fchown,utimensat";

    public string Console => $"{Folder}/console";

    /// <summary>What there is of the guest's cgroup in any hierarchy, "" for nothing. Others' come and go while they are looked through.</summary>
    public string Cgroups => Shell.Run($"find /sys/fs/cgroup -type d -name '{Path.GetFileName(Path.GetDirectoryName(Place.Run))}' 2>&1 | grep -v 'No such file' || true");

    public GuestProcess Start() => Start(CancellationToken.None);

    public GuestProcess Start(CancellationToken cancel) => Host.Start(new StartOrder { Place = Place, Config = Config, Console = Console }, cancel);

    /// <summary>Whether it has stopped, waited for as long as anything may take.</summary>
    public bool Stopped() => Host.Wait(Place, GuestState.Stopped, TimeSpan.FromSeconds(30), CancellationToken.None);

    /// <summary>Where something of the guest's tree is on the host.</summary>
    public string InTree(string name) => $"{Place.Tree}/{name}";

    public StopEnd Stop() => Host.Stop(Place, TimeSpan.FromSeconds(10), discard: false, CancellationToken.None);

    public SettleEnd Settle() => Host.Settle(Place, discard: false, CancellationToken.None);

    public CommandOrder Order(params string[] arguments) => new() { Place = Place, Config = Config, Arguments = arguments };

    /// <summary>Runs a shell script in the guest and gives what it printed; its stderr and exit code must say that all went well.</summary>
    public string Run(string script) => Run(Order("sh", "-euc", script), out CommandEnd end) is string output && end.ExitCode == 0
        ? output.TrimEnd('\n')
        : throw new InvalidOperationException($"{script}: exit code {end.ExitCode}");

    /// <summary>Runs a program and gives its stdout.</summary>
    public string Run(CommandOrder order, out CommandEnd end)
    {
        using MemoryStream output = new();
        end = Host.Execute(order with { Output = bytes => output.Write(bytes.Span), ErrorOutput = order.ErrorOutput ?? (static _ => { }) }, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>What differs between its tree and what it sees, in the store that it was moved to.</summary>
    public List<FileChange> Compare(Store store, FileSelection selection, Action<WorkProgress>? progress, CancellationToken cancellation)
    {
        List<FileChange> changes = [];
        new ChangeService(store, new LinuxTreeHost(), Host, new OverlayReader()).Compare(Place.Name, selection, changes.Add, progress, cancellation);
        return changes;
    }

    /// <summary>Everything a settled or shared tree shows of itself, by other tools than ours.</summary>
    public static string Describe(string tree) => Shell.Run(
        "find . -printf '%P|%y|%m|%U|%G|%l|' \\( -type d -printf '\\n' -o -printf '%T@\\n' \\) | sort; find . -type f -print0 | sort -z | xargs -0r sha256sum; getfattr -Rhd -m - . 2>/dev/null",
        tree);

    public void Dispose()
    {
        Host.Stop(Place, TimeSpan.Zero, discard: false, CancellationToken.None);
        Shell.Run($"rm -rf '{Folder}' '{Path.GetDirectoryName(Place.Run)}'");
    }
}
