using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Helper;
using VServer.Linux.Interop;
using VServer.Linux.Storage;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Tests.Unify;
using VServer.Linux.Trees;
using VServer.Ports;
using VServer.Templates;
using Xunit;

namespace VServer.Linux.Tests.Guests;

/// <summary>Two commands that want the same name, or one that removes what the other needs.</summary>
public sealed class ReservationTests
{
    private const string Unused = "/no/helper";

    [Fact]
    public void RemoveTemplate_GuestsAreJustMadeOfIt_IsRefusedAndNothingIsGone()
    {
        using MakerStore store = new() { Host = new HelperGuestHost(Unused) };
        store.MakeTemplate("ref");
        string before = store.Contents();
        TemplateService service = new(store.Store, store.Host);

        using (store.Host.Reserve(store.Store.Place("ref"), shared: true))
        {
            Assert.Equal(ErrorIds.GuestBusy, Assert.Throws<VServerException>(() => service.Remove("ref", CancellationToken.None)).ErrorId);
            Assert.False(service.Get("ref").Incomplete);
            Assert.Equal(before, store.Contents());
        }

        service.Remove("ref", CancellationToken.None);
        Assert.Equal("", store.Contents());
    }

    [Fact]
    public void Reserve_WhileACopyOfItsDescriptorIsOpen_EndsWithIt()
    {
        using MakerStore store = new() { Host = new HelperGuestHost(Unused) };
        GuestPlace place = store.Store.Place("web");
        IDisposable held = store.Host.Reserve(place, shared: false);

        // As a process has it that is just being started.
        NativeResult copied = FileControl.Control((FileDescriptor)held, FileControl.DuplicateCloseOnExec, 0);
        using FileDescriptor copy = FileDescriptor.Own(copied.Value);
        held.Dispose();

        store.Host.Reserve(place, shared: false).Dispose();
        Directory.Delete(Path.GetDirectoryName(place.Run)!, recursive: true); // It is a folder of the store's.
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Reserve_LockRemovedBetweenItsOpeningAndItsTaking_IsRefused(bool shared)
    {
        using TestTree tree = new();
        using FileDescriptor opened = FileHold.OpenOrCreate($"{tree.Path}/lock");
        File.Delete($"{tree.Path}/lock");

        Assert.Null(FileHold.TryTake(opened, UnixPath.Parse("lock"), shared));
    }

    [Fact]
    public void Create_TemplateRemovedJustBefore_LeavesNothing()
    {
        MakerStore? made = null;
        using MakerStore store = new() { Host = new StoppedGuests { Reserving = name => RemoveTemplate(made, name) } };
        made = store;
        store.MakeTemplate("ref");

        Assert.Equal(ErrorIds.TemplateNotFound, Assert.Throws<VServerException>(() => store.CreateGuest("web")).ErrorId);
        Assert.Equal("", store.Contents());
        store.MakeTemplate("ref");
        Assert.Equal(ErrorIds.TemplateNotFound, Assert.Throws<VServerException>(() => store.CopyGuest("web")).ErrorId);
        Assert.Equal("", store.Contents());
    }

    [Theory]
    [InlineData("new")]
    [InlineData("copy")]
    [InlineData("template")]
    [InlineData("rename")]
    public void Make_NameTakenJustBefore_LeavesTheOther(string how)
    {
        MakerStore? made = null;
        using MakerStore store = new() { Host = new StoppedGuests { Reserving = name => Take(made, name) } };
        made = store;
        store.MakeTemplate("ref");
        store.MakeSystem("src");
        store.MakeSystem("store/old");
        store.Store.Save(new GuestConfig { Name = "old", HostName = "old" });

        VServerException refused = Assert.Throws<VServerException>(() =>
        {
            switch (how)
            {
                case "new":
                    store.CreateGuest("web");
                    break;
                case "copy":
                    store.CopyGuest("web");
                    break;
                case "template":
                    store.Templates.Create(new NewTemplate { Name = "web", Packages = ["tool"], Source = $"{store.Path}/src" }, CancellationToken.None);
                    break;
                default:
                    new GuestRenamer(store.Store, new LinuxTreeHost(), store.Host).Rename("old", "web");
                    break;
            }
        });

        Assert.Equal((ErrorIds.NameTaken, "web"), (refused.ErrorId, refused.Target));
        Assert.Equal("theirs", store.Run("cat store/web/file"));
        Assert.Equal("theirs", store.Store.ReadGuest("web").Description);
        Assert.True(Directory.Exists(store.Store.TreePath("old")));
    }

    private static void Take(MakerStore? store, string name)
    {
        if (name == "web")
        {
            store!.Run("mkdir store/web; echo theirs >store/web/file"); // Made before anything is reserved.
            store.Store.Save(new GuestConfig { Name = "web", HostName = "web", Description = "theirs" });
        }
    }

    private static void RemoveTemplate(MakerStore? store, string name)
    {
        if (name == "ref")
        {
            new TemplateService(store!.Store, new StoppedGuests()).Remove(name, CancellationToken.None); // Made before anything is reserved.
        }
    }
}
