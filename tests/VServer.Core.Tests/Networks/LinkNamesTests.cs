using System.Globalization;
using VServer.Guests;
using VServer.Networks;
using Xunit;

namespace VServer.Core.Tests.Networks;

public sealed class LinkNamesTests
{
    [Fact]
    public void EveryGuestAndNetworkOfManyStores_HasANameOfItsOwn()
    {
        HashSet<string> names = [];
        foreach (LinkNames store in Enumerable.Range(1, 50).Select(number => new LinkNames(string.Create(CultureInfo.InvariantCulture, $"fd00-{number:x}"))))
        {
            foreach (uint block in Enumerable.Range(8, 2000).Select(number => (uint)number * IdBlocks.Size))
            {
                Assert.True(names.Add(store.Port(block)));
            }

            foreach (int number in Enumerable.Range(1, 200))
            {
                Assert.True(names.Add(store.Bridge((ushort)number)));
            }
        }

        Assert.All(names, name => Assert.InRange(name.Length, 1, 15));
    }

    [Fact]
    public void EveryBlockOfAStore_HasAHardwareAddressOfItsOwn()
    {
        LinkNames store = new("fd00-2");
        string[] addresses = [.. Enumerable.Range(0, 65536).Select(number => store.GuestAddress((uint)number * IdBlocks.Size).ToString())];
        string[] bridges = [.. Enumerable.Range(0, 65536).Select(number => store.BridgeAddress((ushort)number).ToString())];
        Assert.Equal(2 * 65536, addresses.Concat(bridges).Distinct().Count());
    }

    [Fact]
    public void HardwareAddresses_AreLocalAndOfOneStation() =>
        Assert.All([new LinkNames("1-2").GuestAddress(IdBlocks.Size), new LinkNames("1-2").BridgeAddress(1)], address => Assert.Equal(2, address.GetAddressBytes()[0] & 3));

    [Fact]
    public void IsOne_NamesOfAnyStore_AndNoOthers()
    {
        Assert.All([new LinkNames("1-2").Port(IdBlocks.Size), new LinkNames("3-4").Bridge(0xabcd)], name => Assert.True(LinkNames.IsOne(name)));
        Assert.All(["vsabcdefghx0001", "vsabcdefghb000G", "vsabcdefghb001", "vtabcdefghb0001", "eth0", ""], name => Assert.False(LinkNames.IsOne(name)));
    }

    [Fact]
    public void SameStore_SameNames() => Assert.Equal(new LinkNames("1-2").Port(IdBlocks.Size), new LinkNames("1-2").Port(IdBlocks.Size));
}
