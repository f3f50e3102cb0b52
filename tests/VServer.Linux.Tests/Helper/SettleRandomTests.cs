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
    [GuestFact(Needs = TestGuest.Strace)]
    public void Settle_AnyChanges_ShowAsTheGuestSawThem()
    {
        Prop.ForAll(RandomChanges.Cases, Try).Check(Config.QuickThrowOnFailure.WithMaxTest(RandomChanges.Count));
    }

    private void Try(RandomChanges tried)
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        Shell.Run($"{RandomChanges.Before}\ncp -al w ../shared/", guest.Place.Tree);
        string shared = TestGuest.Describe(guest.Shared);
        foreach (IReadOnlyList<string> steps in new[] { tried.First, tried.Second })
        {
            guest.Start();
            guest.Run($"cd /w; {RandomChanges.Script(steps)}");
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
}
