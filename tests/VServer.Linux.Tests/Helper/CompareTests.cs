using VServer.Errors;
using VServer.Guards;
using VServer.Guests;
using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>What happens to a guest while its changes are read.</summary>
[Collection(GuestCollection.Name)]
public sealed class CompareTests(GuestImage image)
{
    [GuestTheory]
    [InlineData(DeltaPolicy.Keep)]
    [InlineData(DeltaPolicy.Settle)]
    public void Compare_GuestStoppedMeanwhile_IsSaid(DeltaPolicy policy)
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Delta = policy };
        Store store = guest.MoveToStore();
        guest.Start();
        guest.Run("mkdir -p /new/folder; echo in > /new/folder/file; : > /new/empty; ln -s x /new/link");

        VServerException failure = Assert.Throws<VServerException>(() => guest.Compare(store, new FileSelection(), _ => guest.Stop(), CancellationToken.None));

        Assert.Equal(ErrorIds.GuestNotRunning, failure.ErrorId);
    }

    [GuestFact]
    public void Compare_StoppedGuest_CannotBeStartedMeanwhile()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        Store store = guest.MoveToStore();
        guest.Start();
        guest.Run("echo new > /new");
        guest.Stop();

        List<FileChange> changes = guest.Compare(
            store, new FileSelection(), _ => Assert.Equal(ErrorIds.GuestBusy, Assert.Throws<VServerException>(() => guest.Start()).ErrorId), CancellationToken.None);

        Assert.Contains(changes, static change => change is { Change: ChangeKind.Added, SizeAfter: 4 } && change.Path == UnixPath.Parse("/new"));
        guest.Start();
    }

    [GuestFact]
    public void Compare_Cancelled_EndsAndLetsGo()
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        Store store = guest.MoveToStore();
        Shell.Run("mkdir -p many; for name in $(seq 200); do mkdir many/$name; done", guest.Place.Tree);
        guest.Start();
        guest.Run("for name in $(seq 200); do echo $name > /many/$name/file; done");
        guest.Stop();
        using CancellationTokenSource source = new();
        int looks = 0;

        Assert.Throws<OperationCanceledException>(() => guest.Compare(store, new FileSelection(), _ => Cancel(source, ref looks), source.Token));

        Assert.InRange(looks, 1, 100);
        guest.Start();
    }

    private static void Cancel(CancellationTokenSource source, ref int looks)
    {
        looks++;
        source.Cancel();
    }
}
