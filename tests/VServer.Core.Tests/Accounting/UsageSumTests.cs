using VServer.Accounting;
using Xunit;

namespace VServer.Core.Tests.Accounting;

public sealed class UsageSumTests
{
    [Fact]
    public void Parts_ThatDoNotDivide_AddUpAllTheSame()
    {
        HolderShare share = new();
        share.Add(new LinkedInode(1000, 4, 4, 0));
        share.Add(new LinkedInode(1, 4, 4, 0));
        int[] holders = [2, 5, 9];

        UsageSum[] sums = [.. holders.Select((_, position) =>
        {
            UsageSum sum = new(default);
            sum.Add(holders, position, share);
            return sum;
        })];

        Assert.Equal(1001, sums.Sum(sum => sum.Amortised.Bytes));
        Assert.Equal([1L, 1L, 0L], sums.Select(sum => sum.Amortised.Inodes));
        Assert.Equal([5, 9], sums[0].Partners.Keys.Order());
    }

    [Fact]
    public void OneHolder_OfNamesElsewhere_HasItExclusively_AndDoesNotFreeIt()
    {
        HolderShare share = new();
        share.Add(new LinkedInode(1000, 2, 1, 0));
        UsageSum sum = new(new HolderTotals(10, 1, 0, 0));

        sum.Add([3], 0, share);

        Assert.Equal((1010L, 2L), sum.Exclusive);
        Assert.Equal((10L, 1L), sum.Freed);
    }

    [Fact]
    public void Sets_OfTheSameHolders_HaveOneNumber()
    {
        HolderSets sets = new();
        int pair = sets.Add(sets.Add(0, 7), 3);

        Assert.Equal(pair, sets.Add(sets.Add(0, 7), 3));
        Assert.Equal([3, 7], sets.MembersOf(pair));
        Assert.Empty(sets.MembersOf(0));
    }

    [Theory]
    [InlineData("ext4", 65_000L)]
    [InlineData("btrfs", 65_535L)]
    [InlineData("never-heard-of", null)]
    public void Limit_IsKnown_OrSaidNotToBe(string fileSystem, long? limit) => Assert.Equal(limit, LinkLimits.Of(fileSystem));
}
