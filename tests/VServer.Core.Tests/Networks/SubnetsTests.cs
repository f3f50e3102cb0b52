using System.Net;
using VServer.Errors;
using VServer.Networks;
using Xunit;

namespace VServer.Core.Tests.Networks;

public sealed class SubnetsTests
{
    [Theory]
    [InlineData("10.1.2.0/24", "10.1.2.1")]
    [InlineData("192.168.7.4/30", "192.168.7.5")]
    [InlineData("fd00:1::/64", "fd00:1::1")]
    public void HostAddress_IsTheFirst(string subnet, string expected) => Assert.Equal(expected, Subnets.HostAddress(IPNetwork.Parse(subnet)).ToString());

    [Theory]
    [InlineData("10.1.2.0")]
    [InlineData("10.1.2.5/24")]
    [InlineData("10.1.2.0/31")]
    [InlineData("10.0.0.0/7")]
    [InlineData("fd00::/127")]
    [InlineData("127.1.0.0/16")]
    [InlineData("169.254.3.0/24")]
    [InlineData("224.0.0.0/8")]
    [InlineData("240.0.0.0/8")]
    [InlineData("fe80::/64")]
    [InlineData("ff00::/16")]
    [InlineData("::ffff:10.0.0.0/120")]
    [InlineData("")]
    [InlineData("10.1.2.0/24; drop")]
    public void Parse_WhatNoNetworkCanHave_IsRefused(string subnet) =>
        Assert.Equal(ErrorIds.SubnetInvalid, Assert.Throws<VServerException>(() => Subnets.Parse([subnet])).ErrorId);

    [Fact]
    public void Parse_TwoOfOneFamily_IsRefused() =>
        Assert.Equal(ErrorIds.SubnetInvalid, Assert.Throws<VServerException>(() => Subnets.Parse(["10.1.2.0/24", "10.1.3.0/24"])).ErrorId);

    [Fact]
    public void GuestAddresses_LeaveOutSubnetHostAndBroadcast() =>
        Assert.Equal(["10.1.2.2", "10.1.2.3", "10.1.2.4", "10.1.2.5", "10.1.2.6"], Subnets.GuestAddresses(IPNetwork.Parse("10.1.2.0/29")).Select(address => address.ToString()));

    [Fact]
    public void GuestAddresses_OfSix_GoToTheLast() =>
        Assert.Equal(["fd00::2", "fd00::3"], Subnets.GuestAddresses(IPNetwork.Parse("fd00::/126")).Select(address => address.ToString()));

    [Theory]
    [InlineData("10.1")]
    [InlineData("010.1.2.3")]
    [InlineData("0x0a010203")]
    [InlineData("10.1.2.5/24")]
    [InlineData("fe80::1%eth0")]
    [InlineData("web")]
    public void ParseAddress_WhatIsNone_IsRefused(string text) =>
        Assert.Equal(ErrorIds.AddressInvalid, Assert.Throws<VServerException>(() => Subnets.ParseAddress(text)).ErrorId);

    [Fact]
    public void ParseAddress_Six_IsGivenInItsShortestForm() => Assert.Equal("fd00:1::5", Subnets.ParseAddress("FD00:0001:0:0:0:0:0:0005").ToString());

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.0/24", true)]
    [InlineData("10.1.2.0/24", "10.1.0.0/16", true)]
    [InlineData("10.1.2.0/24", "10.1.3.0/24", false)]
    [InlineData("10.1.2.0/24", "fd00::/64", false)]
    public void Overlap_IsSeenFromBothSides(string one, string other, bool expected) =>
        Assert.Equal(expected, Subnets.Overlap(IPNetwork.Parse(one), IPNetwork.Parse(other)));
}
