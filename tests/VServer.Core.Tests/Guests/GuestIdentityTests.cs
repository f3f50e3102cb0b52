using VServer.Errors;
using VServer.Guests;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class GuestIdentityTests
{
    [Fact]
    public void Create_Twice_HasTwoMachineIds()
    {
        string first = GuestIdentity.Create("web1").MachineId;
        string second = GuestIdentity.Create("web1").MachineId;

        Assert.Matches("^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$", first);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("web1")]
    [InlineData("Web-1.example.com")]
    public void Create_Valid_KeepsTheHostName(string name) => Assert.Equal(name, GuestIdentity.Create(name).HostName);

    [Theory]
    [InlineData("")]
    [InlineData("web 1")]
    [InlineData("web1\n127.0.0.1 bank.example")]
    [InlineData("-web1")]
    [InlineData(".web1")]
    [InlineData("wéb1")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void Create_Invalid_IsRefusedByName(string name)
    {
        VServerException failure = Assert.Throws<VServerException>(() => GuestIdentity.Create(name));
        Assert.Equal(ErrorIds.NameInvalid, failure.ErrorId);
        Assert.Equal(name, failure.Target);
    }
}
