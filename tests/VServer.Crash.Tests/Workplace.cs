using System.Globalization;
using VServer.Guests;
using VServer.Linux.Storage;

namespace VServer.Crash.Tests;

/// <summary>A folder with a store in it, what is there to be seen, and what a user does there after a fault.</summary>
internal sealed class Workplace(Scenario scenario, string folder)
{
    /// <summary>Holds the store.</summary>
    public string Folder { get; } = folder;

    /// <summary>What there is.</summary>
    public StoreState Look() => StoreState.Of(Folder);

    /// <summary>Does work in this process, undisturbed.</summary>
    public string Do(string order) => Work.Try($"{Folder}/store", Programs.Helper, Complete(order));

    /// <summary>Does what a user would do to reach the goal after all, and fails when that does not work.</summary>
    public void Repeat()
    {
        if (scenario.Target is not { } target)
        {
            Require(Do(scenario.Order), scenario.Order);
            return;
        }

        bool wanted = scenario.Again is not null;
        GuestConfig? config = Open().TryReadGuest(target);
        bool isWhole = config is { Incomplete: false } && Directory.Exists($"{Folder}/store/{target}");
        if (config is not null && !(wanted && isWhole))
        {
            Require(Do(scenario.Clean!), scenario.Clean!); // All that have a target have it.
        }

        if (wanted && !isWhole)
        {
            Require(Do(scenario.Again!), scenario.Again!); // It is wanted.
        }
    }

    /// <summary>The guest that is made or removed, as its configuration has it.</summary>
    public GuestConfig? TargetConfig() => scenario.Target is { } target ? Open().TryReadGuest(target) : null;

    /// <summary>Opens the store.</summary>
    public Store Open() => Store.OpenOrCreate($"{Folder}/store", new LinuxStoreHost());

    /// <summary>An order with the folders that only this place knows.</summary>
    public string Complete(string order) => order.Replace("ADOPTED", $"{Folder}/adopted/tree", StringComparison.Ordinal);

    /// <summary>Removes run-time folders, which are named by the store's inode.</summary>
    public void ForgetRuns()
    {
        if (Directory.Exists($"{Folder}/store") && Directory.Exists($"/run/vserver/{RunName}"))
        {
            Directory.Delete($"/run/vserver/{RunName}", recursive: true);
        }
    }

    /// <summary>What there is of guests that run: folders of cgroups, and what their monitors keep; nothing once all are stopped.</summary>
    public string Remains() => Programs.Shell($"find /sys/fs/cgroup -type d -path '*/vserver/{RunName}/*' 2>&1 | grep -v 'No such file' || true; find /run/vserver/{RunName} -mindepth 2 ! -name lock ! -name ended 2>/dev/null || true");

    private string RunName
    {
        get
        {
            (ulong device, ulong inode) = new LinuxStoreHost().Identify($"{Folder}/store");
            return string.Create(CultureInfo.InvariantCulture, $"{device:x}-{inode:x}");
        }
    }

    /// <summary>Fails when work did not end well.</summary>
    public static void Require(string reply, string order)
    {
        if (reply != "ok")
        {
            throw new InvalidOperationException($"{order}: {reply}");
        }
    }
}
