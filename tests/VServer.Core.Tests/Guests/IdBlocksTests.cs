using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Guests;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class IdBlocksTests
{
    private const uint Lowest = 0x80000;

    private readonly MemoryStoreHost host = new();

    [Fact]
    public void Choose_AnyTime_IsAWholeBlockAboveUsersAndBelowTheSign()
    {
        Store store = Store.OpenOrCreate("/store", host);
        for (int times = 0; times < 1000; times++)
        {
            uint id = IdBlocks.Choose(store, 1)[0];
            Assert.Equal(0u, id % IdBlocks.Size);
            Assert.InRange(id, Lowest, 0x7FFF0000u);
        }
    }

    [Fact]
    public void Choose_AllButOneGivenAway_TakesThatOne()
    {
        // Ranges of the host up to the block's edge, and a guest just above it.
        Store store = Store.OpenOrCreate("/store", host);
        store.Save(new GuestConfig { Name = "web1", HostName = "web1", IdBase = 0x5000000 });
        host.Reserved.AddRange([(0, 0x4FEFFFF), (0x5010000, uint.MaxValue)]);

        Assert.Equal(0x4FF0000u, IdBlocks.Choose(store, 1)[0]);
    }

    [Fact]
    public void Choose_OneIdOfABlockGivenAway_LeavesTheBlock()
    {
        Store store = Store.OpenOrCreate("/store", host);
        host.Reserved.AddRange([(0, Lowest - 1), (Lowest + 77, Lowest + 77), (Lowest + 0x20000, uint.MaxValue)]);

        Assert.Equal(Lowest + 0x10000, IdBlocks.Choose(store, 1)[0]);
    }

    [Fact]
    public void Choose_AllGivenAway_SaysSo()
    {
        Store store = Store.OpenOrCreate("/store", host);
        host.Reserved.Add((0, uint.MaxValue));

        Assert.Equal(ErrorIds.HostUnsupported, Assert.Throws<VServerException>(() => IdBlocks.Choose(store, 1)[0]).ErrorId);
    }

    [Fact]
    public void Choose_BrokenConfigurationOfAnotherGuest_DoesNotMatter()
    {
        Store store = Store.OpenOrCreate("/store", host);
        host.Files["/store/.vserver/guests/broken.json"] = [.. "{"u8];

        Assert.NotEqual(0u, IdBlocks.Choose(store, 1)[0]);
    }
}
