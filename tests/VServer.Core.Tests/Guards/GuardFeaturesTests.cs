using VServer.Guards;
using VServer.Ports;
using Xunit;

namespace VServer.Core.Tests.Guards;

public sealed class GuardFeaturesTests
{
    [Theory]
    [InlineData(true, true, true, true, true, "copy of its own")]
    [InlineData(false, true, true, false, true, "copy of its own")]
    [InlineData(true, true, false, true, true, "-Privileged")]
    [InlineData(true, false, false, true, false, "none can be started")]
    public void Guards_AreSaidToBeThere_OrWhyNot(bool immutable, bool overlay, bool mapped, bool sealing, bool unlinking, string said)
    {
        IReadOnlyList<HostFeature> guards = GuardFeatures.From([Feature("immutable", immutable), Feature("overlay", overlay), Feature("overlay-idmapped", mapped)]);

        Assert.Equal([("guard-immutable", sealing), ("guard-mayunlink", unlinking)], guards.Select(guard => (guard.Name, guard.Available)));
        Assert.Contains(said, guards[1].Detail, StringComparison.Ordinal);
        Assert.All(guards, guard => Assert.Equal(guard.Available ? 0 : 95, guard.NativeError));
    }

    [Fact]
    public void Probe_ThatSaysTooLittle_GivesNone() => Assert.Empty(GuardFeatures.From([Feature("immutable", true)]));

    private static HostFeature Feature(string name, bool available) => new(name, available, available ? 0 : 95, "");
}
