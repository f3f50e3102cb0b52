using VServer.Errors;
using VServer.Networks;
using Xunit;

namespace VServer.Core.Tests.Networks;

public sealed class PublishedPortTests
{
    [Theory]
    [InlineData("8080:80/tcp", "8080:80/tcp")]
    [InlineData("53:53/UDP", "53:53/udp")]
    [InlineData("8080:80", "8080:80/tcp")]
    [InlineData("443", "443:443/tcp")]
    [InlineData("65535:1/udp", "65535:1/udp")]
    public void Parse_EveryForm_IsUnderstood(string text, string expected) => Assert.Equal(expected, PublishedPort.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("0:80")]
    [InlineData("80:0")]
    [InlineData("65536:80")]
    [InlineData("80:99999")]
    [InlineData("80:80/sctp")]
    [InlineData("-1:80")]
    [InlineData("80:80/tcp drop")]
    [InlineData("80:80/tcp\n")]
    public void Parse_Nonsense_IsRefused(string text) =>
        Assert.Equal(ErrorIds.PortInvalid, Assert.Throws<VServerException>(() => PublishedPort.Parse(text)).ErrorId);
}
