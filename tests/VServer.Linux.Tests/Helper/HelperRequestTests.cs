using System.Text;
using VServer.Linux.Helper;
using Xunit;

namespace VServer.Linux.Tests.Helper;

public sealed class HelperRequestTests
{
    [Fact]
    public void Bytes_OfAllKinds_AreNulTerminatedPairsInOrder()
    {
        HelperRequest request = new HelperRequest("start", "web")
            .Add("name", "wéb")
            .Add("id-base", 65536)
            .Add("settle", true)
            .AddAll("arg", ["sh", "-c", "a=b\nc"])
            .AddIfGiven("user", null)
            .AddIfGiven("cwd", "/");

        Assert.Equal("name=wéb\0id-base=65536\0settle=1\0arg=sh\0arg=-c\0arg=a=b\nc\0cwd=/\0", Encoding.UTF8.GetString(request.GetBytes()));
    }

    [Fact]
    public void Add_ValueWithNul_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new HelperRequest("exec", "web").Add("arg", "a\0user=root"));
}
