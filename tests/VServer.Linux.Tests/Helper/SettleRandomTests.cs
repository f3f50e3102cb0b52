using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>
/// Whatever a guest does to few names in a small tree, it finds it so again once that is folded in, also when folding is killed somewhere.
/// VSERVER_TEST_HEAVY=1 tries a thousand.
/// </summary>
[Collection(GuestCollection.Name)]
public sealed class SettleRandomTests(GuestImage image)
{
    private const string Before = """
        mkdir w; for one in a b c; do for two in a b c; do mkdir -p w/$one/$two/a; for name in $one/d $one/$two/d $one/$two/a/d; do echo $name > w/$name; done; done; done
        find w -exec touch -h -d @1111111111.123456789 {} +
        """;

    private static readonly Gen<string> Name = Gen.Elements("a", "b", "c", "d");

    private static readonly Gen<string> PathName = Gen.OneOf(
        Name,
        from one in Name from two in Name select $"{one}/{two}",
        from one in Name from two in Name from three in Name select $"{one}/{two}/{three}");

    // Renames are what is hardest to fold.
    private static readonly Gen<string> Step = Gen.Frequency(
        (8, from source in PathName from target in PathName select $"mv -T {source} {target}"),
        (3, from source in PathName from target in PathName select $"mv {source} {target}"),
        (3, from path in PathName select $"rm -r {path}"),
        (3, from path in PathName select $"mkdir -p {path}"),
        (3, from path in PathName select $"echo more >> {path}"),
        (2, from source in PathName from target in PathName select $"ln {source} {target}"),
        (1, from path in PathName select $"ln -s a {path}"),
        (1, from path in PathName from mode in Gen.Elements("700", "4711", "1777") select $"chmod {mode} {path}"),
        (1, from path in PathName select $"touch -d @5.5 {path}"),
        (1, from path in PathName select $"setfattr -n user.x -v y {path}"));

    private static readonly Arbitrary<Case> Cases = Arb.ToArbitrary(
        from first in Step.ListOf(40)
        from second in Step.ListOf(15)
        from kill in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 60)))
        select new Case([.. first], [.. second], kill));

    [GuestFact(Needs = TestGuest.Strace)]
    public void Settle_AnyChanges_ShowAsTheGuestSawThem()
    {
        int cases = Environment.GetEnvironmentVariable("VSERVER_TEST_HEAVY") == "1" ? 1000 : 30;
        Prop.ForAll(Cases, Try).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));
    }

    private void Try(Case tried)
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        Shell.Run($"{Before}\ncp -al w ../shared/", guest.Place.Tree);
        string shared = TestGuest.Describe(guest.Shared);
        foreach (IReadOnlyList<string> steps in new[] { tried.First, tried.Second })
        {
            guest.Start();
            guest.Run($"cd /w; {string.Join("; ", steps.Select(static step => $"{step} 2>/dev/null || true"))}");
            string seen = GuestView.Of(guest);
            guest.Stop();
            SettleKilledOnce(guest, tried.KillAt);
            guest.Start();
            Assert.Equal(seen, GuestView.Of(guest));
            guest.Stop();
            guest.Settle();
            Assert.Equal("", Shell.Run("getfattr -Rhd -m trusted . 2>/dev/null", guest.Place.Tree));
        }

        Assert.Equal(shared, TestGuest.Describe(guest.Shared));
    }

    private void SettleKilledOnce(TestGuest guest, int at)
    {
        if (at == 0)
        {
            guest.Settle();
            return;
        }

        string number = at.ToString(CultureInfo.InvariantCulture);
        Shell.Run(
            $"""
            printf '{guest.SettleRequest}' > request
            {TestGuest.Strace} -qq -o /dev/null -e inject={TestGuest.SettlesBy}:signal=KILL:when={number} '{image.Helper}' settle 3< request 4> report || true
            """,
            guest.Folder);
    }

    private sealed record Case(IReadOnlyList<string> First, IReadOnlyList<string> Second, int KillAt)
    {
        public override string ToString() => $"killed at {KillAt}\n{string.Join('\n', First)}\n--\n{string.Join('\n', Second)}\n";
    }
}
