using System.Globalization;
using VServer.Guests;
using VServer.Linux.Storage;
using VServer.Templates;

namespace VServer.Crash.Tests;

/// <summary>A store of its own that is made anew for every attempt, and the worker that waits for the next.</summary>
internal sealed class Lane : IDisposable
{
    private readonly Scenario scenario;
    private readonly Disk disk = new("ext4", 64);
    private TracedWorker? worker;

    /// <summary>Makes the store.</summary>
    public Lane(Scenario scenario)
    {
        this.scenario = scenario;
        Folder = disk.Path;
        Programs.Shell(scenario.BuildScript, Folder);
        Store store = Open();
        foreach (string name in Trees())
        {
            if (name == "tpl")
            {
                store.Save(new TemplateConfig { Name = name });
            }
            else
            {
                store.Save(new GuestConfig { Name = name, HostName = name });
            }
        }

        foreach (string order in scenario.Prepare)
        {
            Require(Do(order), order);
        }

        Programs.Shell("find store -type f -exec chattr -i {} +; mkdir prototype; mv store prototype/; ! [ -d adopted ] || mv adopted prototype/", Folder);
        Reset();
    }

    /// <summary>Holds the store.</summary>
    public string Folder { get; }

    /// <summary>Puts the store back.</summary>
    public void Reset()
    {
        ForgetRuns();
        Programs.Shell($"[ ! -d store ] || find store -type f -exec chattr -i {{}} +; rm -rf store adopted; cp -a prototype/. .; {scenario.Seal}", Folder);
    }

    /// <summary>What there is.</summary>
    public StoreState Look() => StoreState.Of(Folder);

    /// <summary>Does the work under a plan of the tracer's, in a worker that is kept where it lives on.</summary>
    public Outcome Attempt(string plan)
    {
        worker = worker is { IsAlive: true } ? worker : Replace();
        return worker.Do($"{plan} {scenario.Also}".TrimEnd(), Complete(scenario.Order));
    }

    /// <summary>Starts the next worker while nobody waits for it.</summary>
    public void Prepare() => worker = worker is { IsAlive: true } ? worker : Replace();

    /// <summary>Does work in this process, undisturbed.</summary>
    public string Do(string order)
    {
        string reply = "";

        // A process that another thread is just starting holds our locks, too, until it has become another program.
        SpinWait.SpinUntil(() => !(reply = Work.Try($"{Folder}/store", Programs.Helper, Complete(order))).StartsWith("error GuestBusy", StringComparison.Ordinal), TimeSpan.FromSeconds(5));
        return reply;
    }

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

    public void Dispose()
    {
        worker?.Dispose();
        ForgetRuns();
        disk.Dispose();
    }

    private TracedWorker Replace()
    {
        worker?.Dispose();
        return new TracedWorker(Folder);
    }

    private Store Open() => Store.OpenOrCreate($"{Folder}/store", new LinuxStoreHost());

    private string Complete(string order) => order.Replace("ADOPTED", $"{Folder}/adopted/tree", StringComparison.Ordinal);

    private IEnumerable<string> Trees() =>
        Directory.GetDirectories($"{Folder}/store").Select(path => Path.GetFileName(path)!).Where(static name => !name.StartsWith('.'));

    // Run-time folders are named by the store's inode, which every attempt has another of.
    private void ForgetRuns()
    {
        if (!Directory.Exists($"{Folder}/store"))
        {
            return;
        }

        (ulong device, ulong inode) = new LinuxStoreHost().Identify($"{Folder}/store");
        string run = string.Create(CultureInfo.InvariantCulture, $"/run/vserver/{device:x}-{inode:x}");
        if (Directory.Exists(run))
        {
            Directory.Delete(run, recursive: true);
        }
    }

    private static void Require(string reply, string order)
    {
        if (reply != "ok")
        {
            throw new InvalidOperationException($"{order}: {reply}");
        }
    }
}
