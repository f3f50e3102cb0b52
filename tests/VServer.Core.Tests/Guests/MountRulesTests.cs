using System.Text.Json;
using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Guests;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class MountRulesTests
{
    private readonly MemoryStoreHost host = new();

    [Fact]
    public void Arrange_AnyOrder_PutsParentsFirstAndPathsPlain()
    {
        IReadOnlyList<GuestMount> arranged = Arrange(Bind("/srv/a", "/var/www/cache/deep"), Memory("//var/www/cache/"), Bind("/srv//b/", "/var/www"));

        Assert.Equal(["/srv/b:/var/www", "tmpfs:/var/www/cache", "/srv/a:/var/www/cache/deep"], arranged.Select(static mount => $"{mount}"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData("var/www")]
    [InlineData("/var/../etc")]
    [InlineData("/./var")]
    [InlineData("/proc")]
    [InlineData("/proc/sys/net")]
    [InlineData("/sys/fs")]
    [InlineData("//dev/shm")]
    [InlineData("/a\0b")]
    public void Arrange_TargetThatIsTheKernelsOrNone_IsRefused(string target) => AssertRefused(Memory(target));

    [Theory]
    [InlineData("/")]
    [InlineData("srv")]
    [InlineData("/srv/..")]
    [InlineData("/proc/self")]
    [InlineData("/sys")]
    [InlineData("/dev/sda")]
    [InlineData("/run")]
    [InlineData("/run/vserver/x")]
    [InlineData("/store")]
    [InlineData("/store/web2/etc")]
    [InlineData("/store/.vserver")]
    public void Arrange_SourceThatHandsOverTheHostOrTheStore_IsRefused(string source) => AssertRefused(Bind(source, "/mnt"));

    [Fact]
    public void Arrange_SourceBesideTheStoreWithALikeName_IsTaken() => Assert.Single(Arrange(Bind("/store2", "/mnt")));

    [Fact]
    public void Arrange_StoreByAnotherPath_IsRefusedAllTheSame()
    {
        host.Folders.UnionWith(["/vol/store", "/other", "/other/data", "/disk"]);
        host.SamePlace["/other"] = "/vol/store";
        host.SamePlace["/disk"] = "/vol";

        AssertRefused(Bind("/other/data", "/mnt"), "/vol/store");
        AssertRefused(Bind("/disk", "/mnt"), "/vol/store");
    }

    [Fact]
    public void Arrange_OptionsOfTheOtherKind_AreRefused()
    {
        AssertRefused(Bind("/srv", "/mnt") with { Size = 1 });
        AssertRefused(Bind("/srv", "/mnt") with { Mode = "755" });
        AssertRefused(new GuestMount { Target = "/mnt" });
        AssertRefused(Memory("/mnt") with { Source = "/srv" });
        AssertRefused(Memory("/mnt") with { NoIdMap = true });
        AssertRefused(Memory("/mnt") with { Size = 0 });
        AssertRefused(Memory("/mnt") with { Mode = "888" });
        AssertRefused(Memory("/mnt") with { Mode = "" });
    }

    [Fact]
    public void Arrange_OneTargetTwiceOrTooMany_IsRefused()
    {
        AssertRefused("/store", [Memory("/mnt"), Bind("/srv", "//mnt")]);
        AssertRefused("/store", [.. Enumerable.Range(0, 65).Select(static number => Memory($"/mnt/{number}"))]);
    }

    [Fact]
    public void Save_Mounts_WritesThemAsPublished()
    {
        Store store = Store.OpenOrCreate("/store", host);
        GuestMount[] mounts = [Bind("/srv", "/mnt") with { ReadOnly = true, NoExec = true, NoIdMap = true }, Memory("/tmp") with { Size = 5, Mode = "700" }];
        store.Save(new GuestConfig { Name = "web1", HostName = "web1", Mounts = mounts });

        Assert.Equal(mounts, store.ReadGuest("web1").Mounts);
        using JsonDocument schema = StoreSchemaTests.Read("guest.schema.json");
        using JsonDocument written = JsonDocument.Parse(host.Files["/store/.vserver/guests/web1.json"]);
        string[] known = [.. schema.RootElement.GetProperty("properties").GetProperty("mounts").GetProperty("items").GetProperty("properties").EnumerateObject().Select(static key => key.Name)];
        Assert.Equal(
            known.Order(StringComparer.Ordinal),
            written.RootElement.GetProperty("mounts").EnumerateArray().SelectMany(static mount => mount.EnumerateObject()).Select(static key => key.Name).Distinct().Order(StringComparer.Ordinal));
    }

    private static GuestMount Bind(string source, string target) => new() { Source = source, Target = target };

    private static GuestMount Memory(string target) => new() { Type = MountType.Tmpfs, Target = target };

    private IReadOnlyList<GuestMount> Arrange(params GuestMount[] mounts) => MountRules.Arrange(Store.OpenOrCreate("/store", host), mounts);

    private void AssertRefused(GuestMount mount, string store = "/store") => AssertRefused(store, [mount]);

    private void AssertRefused(string store, GuestMount[] mounts) =>
        Assert.Equal(ErrorIds.MountInvalid, Assert.Throws<VServerException>(() => MountRules.Arrange(Store.OpenOrCreate(store, host), mounts)).ErrorId);
}
