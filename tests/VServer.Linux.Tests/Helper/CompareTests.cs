using VServer.Errors;
using VServer.Guards;
using VServer.Guests;
using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>What is told of folders that went away and came back, and what happens to a guest while its changes are read.</summary>
[Collection(GuestCollection.Name)]
public sealed class CompareTests(GuestImage image)
{
    // A folder is back below a new one of the old name: its own name is the same, and it is a rename still, since all else is in the renamed one.
    [GuestTheory]
    [InlineData("mv b z; mkdir b; mv z/c b/c", "Added b", "Renamed b z", "Renamed b/c b/c")]
    [InlineData("mv b z; mkdir b; mv z/c b/c; mkdir z/c; mv b/c/d z/c/d", "Added b", "Added z/c", "Renamed b z", "Renamed b/c b/c", "Renamed b/c/d z/c/d")]
    [InlineData("mv b z; mkdir b; mv z/c c; rmdir b; mv z b; mv c b/c")]
    [InlineData("mv b/c z; rm -r b; mkdir b; mv z b/c", "Removed b/file")]
    public void Compare_FolderThatCameBack_IsRenamedWhereTheOneAboveIsNew(string script, params string[] expected)
    {
        using TestGuest guest = new(image);
        Store store = guest.MoveToStore();
        Shell.Run("mkdir -p w/b/c/d; touch w/b/file w/b/c/file w/b/c/d/file", guest.Place.Tree);
        guest.Start();
        guest.Run($"cd /w; {script}");

        IEnumerable<string> told = guest.Compare(store, new FileSelection { Paths = [UnixPath.Parse("w")] }, progress: null, CancellationToken.None)
            .Select(static change => $"{change.Change}{(change.OldPath is { } old ? $" {Short(old)}" : "")} {Short(change.Path)}");

        Assert.Equal(expected, told.Order(StringComparer.Ordinal));
    }

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

    private static string Short(UnixPath path) => path.ToString()["/w/".Length..];

    private static void Cancel(CancellationTokenSource source, ref int looks)
    {
        looks++;
        source.Cancel();
    }
}
