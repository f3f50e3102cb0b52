using FsCheck;
using FsCheck.Fluent;
using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Packages;

public sealed class DebianVersionTests
{
    [Theory]
    [InlineData("1.0", "1.1")]
    [InlineData("1.9", "1.10")]
    [InlineData("1.0~rc1", "1.0")]
    [InlineData("1.0~~", "1.0~")]
    [InlineData("1.0", "1.0a")]
    [InlineData("1.0a", "1.0+")]
    [InlineData("9", "1:1")]
    [InlineData("1.0-1", "1.0-2")]
    [InlineData("1.0-1", "1.0-1+b1")]
    [InlineData("2.36-9+deb12u9", "2.36-9+deb12u10")]
    [InlineData("1.0-1-1", "1.0-2-1")]
    [InlineData("99999999999999999998", "99999999999999999999")]
    public void Compare_OlderAndNewer_AreOrderedBothWays(string older, string newer)
    {
        Assert.True(DebianVersion.Compare(older, newer) < 0);
        Assert.True(DebianVersion.Compare(newer, older) > 0);
    }

    [Theory]
    [InlineData("0:1.0", "1.0")]
    [InlineData("1.00", "1.0")]
    [InlineData("1.0-0", "1.0")]
    [InlineData("1.2.3", "1.2.3")]
    public void Compare_Same_IsZero(string left, string right) => Assert.Equal(0, DebianVersion.Compare(left, right));

    [Fact]
    public void Compare_AnyThree_FormAnOrder()
    {
        Gen<string> version = Gen.Elements("0", "1", "9", "10", "a", "Z", "~", "+", ".", "-").NonEmptyListOf().Select(string.Concat);
        Prop.ForAll(version.Three().ToArbitrary(), versions =>
        {
            (string a, string b, string c) = versions;
            bool isAntisymmetric = Math.Sign(DebianVersion.Compare(a, b)) == -Math.Sign(DebianVersion.Compare(b, a));
            bool isTransitive = DebianVersion.Compare(a, b) > 0 || DebianVersion.Compare(b, c) > 0 || DebianVersion.Compare(a, c) <= 0;
            return isAntisymmetric && isTransitive && DebianVersion.Compare(a, a) == 0;
        }).QuickCheckThrowOnFailure();
    }
}
