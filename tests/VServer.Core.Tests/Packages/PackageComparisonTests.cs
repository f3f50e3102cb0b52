using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Packages;

public sealed class PackageComparisonTests
{
    [Fact]
    public void Compare_ThreeGuests_SaysWhatIsTheSame()
    {
        IReadOnlyList<PackageDifference> rows = PackageComparison.Compare(
        [
            ("a", [Package("bash", "1"), Package("zlib", "1"), Package("kernel", "1"), Package("kernel", "2")]),
            ("b", [Package("bash", "1"), Package("zlib", "2"), Package("kernel", "1")]),
            ("c", [Package("bash", "1"), Package("zlib", "2"), Package("only", "1"), Package("kernel", "1")]),
        ]);

        Assert.Equal(
            ["bash Same 1 1 1", "kernel Differs 1, 2 1 1", "only Missing - - 1", "zlib Differs 1 2 2"],
            rows.Select(row => $"{row.Package} {row.State} {string.Join(' ', row.Versions.Select(pair => pair.Value ?? "-"))}"));
        Assert.Equal(["a", "b", "c"], rows[0].Versions.Keys);
    }

    [Fact]
    public void Compare_OtherManagerOrArchitecture_IsAnotherPackage()
    {
        IReadOnlyList<PackageDifference> rows = PackageComparison.Compare(
            [("a", [Package("bash", "1"), Package("libc", "1")]), ("b", [Package("bash", "1") with { Manager = "rpm" }, Package("libc", "1") with { Architecture = "i386" }])]);

        Assert.Equal(4, rows.Count);
        Assert.All(rows, row => Assert.Equal(PackageState.Missing, row.State));
    }

    private static GuestPackage Package(string name, string version) =>
        new() { Guest = "", Store = "", Package = name, Version = version, Architecture = "amd64", Manager = "dpkg" };
}
