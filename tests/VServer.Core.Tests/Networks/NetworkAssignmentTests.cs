using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Guests;
using VServer.Networks;
using Xunit;

namespace VServer.Core.Tests.Networks;

public sealed class NetworkAssignmentTests
{
    private readonly Store store = Store.OpenOrCreate("/store", new MemoryStoreHost());

    public NetworkAssignmentTests()
    {
        new NetworkStore(store).Save(new NetworkConfig { Name = "lan", Number = 1, Subnets = ["10.1.2.0/29", "fd00::/64"] });
        new NetworkStore(store).Save(new NetworkConfig { Name = "dmz", Number = 2, Subnets = ["10.1.3.0/24"] });
    }

    [Fact]
    public void Assign_NoAddress_GivesTheLowestFreeOfEachSubnet()
    {
        Assert.Equal(["10.1.2.2", "fd00::2"], Assign("a").Addresses);
        Assert.Equal(["10.1.2.3", "fd00::3"], Assign("b").Addresses);
        store.DeleteGuest("a");
        Assert.Equal(["10.1.2.2", "fd00::2"], Assign("c").Addresses);
    }

    [Fact]
    public void Assign_SeveralAtOnce_GivesEachItsOwn()
    {
        GuestConfig[] guests = [Config("a"), Config("b"), Config("c")];
        Assert.Equal(["10.1.2.2", "10.1.2.3", "10.1.2.4"], new NetworkAssignment(store).Assign(guests, [], SaveAll).Select(guest => guest.Addresses[0]));
    }

    [Fact]
    public void Assign_Full_SaysSo()
    {
        foreach (string name in new[] { "a", "b", "c", "d", "e" })
        {
            Assign(name);
        }

        Assert.Equal(ErrorIds.AddressesExhausted, Assert.Throws<VServerException>(() => Assign("f")).ErrorId);
        Assert.Null(store.TryReadGuest("f"));
    }

    [Fact]
    public void Assign_AddressesAsked_AreKept() => Assert.Equal(["10.1.2.5", "10.1.2.6"], Assign("a", "10.1.2.5", "10.1.2.6").Addresses);

    [Theory]
    [InlineData("10.1.2.1")]
    [InlineData("10.1.2.0")]
    [InlineData("10.1.2.7")]
    [InlineData("10.1.3.5")]
    [InlineData("fd00::1")]
    [InlineData("fd01::5")]
    public void Assign_AddressThatNoGuestCanHave_IsRefused(string address) =>
        Assert.Equal(ErrorIds.AddressInvalid, Assert.Throws<VServerException>(() => Assign("a", address)).ErrorId);

    [Fact]
    public void Assign_AddressOfAnother_IsRefused()
    {
        Assign("a", "10.1.2.5", "fd00::5");
        VServerException failure = Assert.Throws<VServerException>(() => Assign("b", "fd00:0:0:0::5"));
        Assert.Equal((ErrorIds.AddressTaken, "fd00::5"), (failure.ErrorId, failure.Target));
    }

    [Fact]
    public void Assign_BrokenAddressOrPortOfAnother_IsNobodys()
    {
        store.Save(Config("broken") with { Addresses = ["10.1.2.2/29", "10.1.2.3"], Publish = ["80:0", "81"] });
        Assert.Equal(["10.1.2.2", "fd00::2"], Publish("a", "80").Addresses);
        Assert.Equal(ErrorIds.AddressTaken, Assert.Throws<VServerException>(() => Assign("b", "10.1.2.3")).ErrorId);
        Assert.Equal(ErrorIds.PortTaken, Assert.Throws<VServerException>(() => Publish("b", "81")).ErrorId);
    }

    [Fact]
    public void Assign_UnknownNetwork_IsRefused() => Assert.Equal(
        ErrorIds.NetworkNotFound,
        Assert.Throws<VServerException>(() => new NetworkAssignment(store).Assign([Config("a") with { Network = "wan" }], [], SaveAll)).ErrorId);

    [Theory]
    [InlineData("None")]
    [InlineData("Host")]
    public void Assign_AddressOrPortWithoutNetwork_IsRefused(string network)
    {
        GuestConfig guest = Config("a") with { Network = network };
        Assert.Equal(ErrorIds.AddressInvalid, Assert.Throws<VServerException>(() => new NetworkAssignment(store).Assign([guest], ["10.1.2.5"], SaveAll)).ErrorId);
        Assert.Equal(
            ErrorIds.AddressInvalid,
            Assert.Throws<VServerException>(() => new NetworkAssignment(store).Assign([guest with { Publish = ["80"] }], [], SaveAll)).ErrorId);
    }

    [Fact]
    public void Assign_PortOfAnother_IsRefused_TheOtherProtocolNot()
    {
        Publish("a", "80:8080");
        Assert.Equal(["80:8080/udp"], Publish("b", "80:8080/udp").Publish);
        Assert.Equal(ErrorIds.PortTaken, Assert.Throws<VServerException>(() => Publish("c", "80:1")).ErrorId);
        Assert.Equal(ErrorIds.PortTaken, Assert.Throws<VServerException>(() => Publish("c", "81:1", "81:2")).ErrorId);
    }

    [Fact]
    public void Change_AnotherNetwork_GivesOtherAddressesAndKeepsPorts()
    {
        GuestConfig changed = Change(Publish("a", "80"), new GuestChange { Network = "dmz" });
        Assert.Equal(("dmz", "10.1.3.2", "80:80/tcp"), (changed.Network, Assert.Single(changed.Addresses), Assert.Single(changed.Publish)));
    }

    [Fact]
    public void Change_PortsAlone_KeepsAddresses() =>
        Assert.Equal(["10.1.2.5"], Change(Assign("a", "10.1.2.5"), new GuestChange { Publish = ["80"] }).Addresses);

    [Fact]
    public void Change_ToNone_ForgetsAddressesAndPorts()
    {
        GuestConfig changed = Change(Publish("a", "80"), new GuestChange { Network = "none" });
        Assert.Equal("None", changed.Network);
        Assert.Empty(changed.Addresses.Concat(changed.Publish));
    }

    [Fact]
    public void Change_EmptyAddresses_ChoosesAnew()
    {
        Assign("a");
        Assert.Equal(["10.1.2.3", "fd00::3"], Change(Assign("b", "10.1.2.6"), new GuestChange { Address = [] }).Addresses);
    }

    private static GuestConfig Config(string name) => new() { Name = name, HostName = name, Network = "lan" };

    private GuestConfig Assign(string name, params string[] addresses) => new NetworkAssignment(store).Assign([Config(name)], addresses, SaveAll)[0];

    private GuestConfig Publish(string name, params string[] ports) => new NetworkAssignment(store).Assign([Config(name) with { Publish = ports }], [], SaveAll)[0];

    private void SaveAll(IReadOnlyList<GuestConfig> guests)
    {
        foreach (GuestConfig guest in guests)
        {
            store.Save(guest);
        }
    }

    private GuestConfig Change(GuestConfig guest, GuestChange change) => new NetworkAssignment(store).Change(guest, change, store.Save);
}
