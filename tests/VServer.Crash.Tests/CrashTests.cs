using System.Security.Cryptography;
using System.Text;
using Xunit;
using Xunit.Abstractions;

namespace VServer.Crash.Tests;

/// <summary>Every piece of work, broken off wherever it changes something.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Instants = 500;

    public static TheoryData<string> Names => [.. Scenario.All.Select(static scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Work_BrokenOffAnywhere_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name)
    {
        using Campaign campaign = new(Scenario.Find(name), Programs.Worker);
        Kill(campaign);
        Fail(campaign);
        KillAtAnyInstant(campaign);

        string table = campaign.Table();
        output.WriteLine(table);
        Effort.Publish(table);
        Assert.True(campaign.Failures.IsEmpty, $"{campaign.Failures.Count} of them:\n{string.Join("\n", campaign.Failures.Take(12))}");
        Assert.Empty(campaign.Missing(isKill: true));
        Assert.Empty(campaign.Missing(isKill: false));
    }

    // An engine takes a second to start, and every kill ends one: a sample, another one every day; more as long as there is time.
    [Theory]
    [MemberData(nameof(Names))]
    public void Cmdlet_BrokenOffSomewhere_LeavesOldOrNewAndTheNextRunReachesTheGoal(string name)
    {
        using Campaign campaign = new(Scenario.Find(name), Programs.Engine);
        string[] kills = [.. Places(campaign).Select(static site => $"kill {Middle(site)} {site.First().Mark}")];
        string[] failures = [.. Places(campaign).Select(static (site, index) => Plan(Faults.Errors[(index + Effort.Start) % Faults.Errors.Count], $"{Middle(site)}", site.First().Mark))];

        campaign.Run([.. failures.Take(3), kills[0]], [.. kills.Skip(1).Zip(failures.Skip(3)).SelectMany(static pair => new[] { pair.First, pair.Second })], Effort.Share(0.25));

        string table = campaign.Table(" by the engine");
        output.WriteLine(table);
        Effort.Publish(table);
        Assert.True(campaign.Failures.IsEmpty, $"{campaign.Failures.Count} of them:\n{string.Join("\n", campaign.Failures.Take(12))}");
    }

    // Whoever kills a monitor, or a helper that a command waits for, must not keep the next command from its goal.
    [Fact]
    public void Monitor_KilledAnywhere_LeavesAGuestThatIsStartedStoppedAndSettledByTheNextCommands()
    {
        using Campaign campaign = new(Scenario.Find("run"), Programs.Worker, "others");
        string[] instants = [.. Enumerable.Range(0, Instants).Select(part => $"slaywait {1000 + ((long)part * campaign.Microseconds / Instants)}")];

        campaign.Run(
            [.. campaign.Sites.Select(static site => $"slay {Middle(site)} {site.First().Mark}"), .. Shuffled(instants).Take(20)],
            Shuffled([.. Enumerable.Range(1, campaign.Calls.Count).Select(static number => $"slay {number}"), .. instants]),
            Effort.Share(1));
        campaign.Complete(isKill: true, static call => $"slay {call.Number}");

        string table = campaign.Table(" of which only one process is killed");
        output.WriteLine(table);
        Effort.Publish(table);
        Assert.True(campaign.Failures.IsEmpty, $"{campaign.Failures.Count} of them:\n{string.Join("\n", campaign.Failures.Take(12))}");
        Assert.Empty(campaign.Missing(isKill: true));
    }

    private static IEnumerable<IGrouping<string, Call>> Places(Campaign campaign) =>
        Enumerable.Range(Effort.Start, campaign.Sites.Count).Select(number => campaign.Sites[number % campaign.Sites.Count]);

    private static void Kill(Campaign campaign)
    {
        campaign.Run(
            [.. campaign.Sites.Select(static site => $"kill {Middle(site)} {site.First().Mark}")],
            Shuffled(Enumerable.Range(1, campaign.Calls.Count).Select(static number => $"kill {number}")),
            Effort.Share(0.4));
        campaign.Complete(isKill: true, static call => $"kill {call.Number}");
    }

    private static void Fail(Campaign campaign)
    {
        string[] one = [.. campaign.Sites.Select((site, index) => Plan(Faults.Errors[(index + Effort.Start) % Faults.Errors.Count], $"{Middle(site)}", site.First().Mark))];
        campaign.Run(
            one,
            Shuffled(campaign.Sites.SelectMany(site => Faults.Errors.Select(error => Plan(error, $"{Middle(site)}", site.First().Mark))).Except(one)),
            Effort.Share(0.45));
        campaign.Complete(isKill: false, static call => Plan(Faults.Errors[call.Number % Faults.Errors.Count], $"{call.Number}", ""));
    }

    // Not only where something is changed.
    private static void KillAtAnyInstant(Campaign campaign)
    {
        int count = Instants / Scenario.All.Count;
        List<string> instants = Shuffled(Enumerable.Range(0, count).Select(part => $"wait {1000 + ((long)part * campaign.Microseconds / count)}"));
        campaign.Run([instants[0]], [.. instants.Skip(1)], Effort.Share(0.15));
    }

    private static string Plan((string Name, int Number, bool Lasts) error, string place, string mark) =>
        $"{(error.Lasts ? "failfrom" : "fail")} {place} {error.Number} {mark}".TrimEnd();

    // In the midst of the calls of one kind there is something done and something still to do.
    private static int Middle(IGrouping<string, Call> site) => (site.Count() + 1) / 2;

    // The same order every time.
    private static List<string> Shuffled(IEnumerable<string> plans) =>
        [.. plans.OrderBy(static plan => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(plan))), StringComparer.Ordinal)];
}
