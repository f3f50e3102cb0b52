using VServer.Guests;
using VServer.Templates;

namespace VServer.Crash.Tests;

/// <summary>A store of its own that is made anew for every attempt, and the worker that waits for the next.</summary>
internal sealed class Lane : IDisposable
{
    private readonly Scenario scenario;
    private readonly Func<string, string[]> program;
    private readonly Disk disk;
    private TracedWorker? worker;

    /// <summary>Makes the store, on a disk whose file lies in the folder given.</summary>
    /// <param name="scenario">The work.</param>
    /// <param name="program">What does it, for a store.</param>
    /// <param name="under">Where the disk's file lies.</param>
    /// <param name="type">The disk's file system.</param>
    public Lane(Scenario scenario, Func<string, string[]> program, string under = "/dev/shm", string type = "ext4")
    {
        this.scenario = scenario;
        this.program = program;
        disk = new Disk(type, Disk.Least(type), under);
        try
        {
            Place = new Workplace(scenario, disk.Path);
            Build();
        }
        catch
        {
            disk.Dispose();
            throw;
        }
    }

    /// <summary>Where the store is.</summary>
    public Workplace Place { get; }

    /// <summary>Holds the store.</summary>
    private string Folder => Place.Folder;

    /// <summary>Puts the store back.</summary>
    public void Reset()
    {
        Place.ForgetRuns();
        Programs.Shell($"[ ! -d store ] || find store -type f -exec chattr -i {{}} +; rm -rf store adopted; cp -a prototype/. .; {scenario.Seal}", Folder);
    }

    /// <summary>Does the work under a plan of the tracer's, in a worker that is kept where it lives on.</summary>
    public Outcome Attempt(string plan)
    {
        worker = worker is { IsAlive: true } ? worker : Replace();
        return worker.Do($"{plan} {scenario.Also}".TrimEnd(), Place.Complete(scenario.Order));
    }

    public void Dispose()
    {
        worker?.Dispose();
        Place.ForgetRuns();
        disk.Dispose();
    }

    private void Build()
    {
        Programs.Shell(scenario.BuildScript, Folder);
        Store store = Place.Open();
        foreach (string name in Trees())
        {
            if (name == "tpl")
            {
                store.Save(new TemplateConfig { Name = name });
            }
            else
            {
                store.Save(scenario.Configure(new GuestConfig { Name = name, HostName = name }));
            }
        }

        foreach (string order in scenario.Prepare)
        {
            Workplace.Require(Place.Do(order), order);
        }

        Programs.Shell("find store -type f -exec chattr -i {} +; mkdir prototype; mv store prototype/; ! [ -d adopted ] || mv adopted prototype/", Folder);
        Reset();
    }

    /// <summary>The file that its disk is in.</summary>
    public string Image => disk.Image;

    private TracedWorker Replace()
    {
        worker?.Dispose();
        return new TracedWorker(Folder, disk.Image, program);
    }

    private IEnumerable<string> Trees() =>
        Directory.GetDirectories($"{Folder}/store").Select(path => Path.GetFileName(path)!).Where(static name => !name.StartsWith('.'));
}
