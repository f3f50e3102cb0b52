using VServer.Errors;
using VServer.Guests;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class GuestNameTests
{
    [Theory]
    [InlineData("web1")]
    [InlineData("a.com")]
    [InlineData("0-_.x")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public void Check_Valid_IsGivenBack(string name) => Assert.Equal(name, GuestName.Check(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData(".vserver")]
    [InlineData("a/b")]
    [InlineData("../etc")]
    [InlineData("Web1")]
    [InlineData("-rf")]
    [InlineData("web1\n")]
    [InlineData("wéb")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void Check_Invalid_IsRefusedByName(string name)
    {
        VServerException failure = Assert.Throws<VServerException>(() => GuestName.Check(name));
        Assert.Equal(ErrorIds.NameInvalid, failure.ErrorId);
        Assert.Equal(name, failure.Target);
    }
}
