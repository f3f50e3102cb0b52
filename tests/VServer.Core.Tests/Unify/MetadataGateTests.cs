using VServer.Ports;
using VServer.Unify;
using Xunit;

namespace VServer.Core.Tests.Unify;

public sealed class MetadataGateTests
{
    private static readonly FileFacts Reference = new(
        1, 10, 1, FileKind.Regular, 0x1ED, 0, 0, 1, 100, 4096, new FileTime(5, 6), new FileTime(7, 8), InodeFlags.None, 0);

    [Fact]
    public void Difference_OtherInodeOfEqualMetadata_IsNone() =>
        Assert.Null(MetadataGate.Difference(Reference, Reference with { Inode = 11, LinkCount = 3, Changed = new FileTime(9, 9) }, ignoreTime: false));

    [Fact]
    public void Difference_OneThingDiffers_IsNamed()
    {
        Assert.Equal("mode: 0755 in the reference, 04755 in the guest", MetadataGate.Difference(Reference, Reference with { Permissions = 0x9ED }, ignoreTime: false));
        Assert.Equal("owner: 0:0 in the reference, 1:0 in the guest", MetadataGate.Difference(Reference, Reference with { UserId = 1 }, ignoreTime: false));
        Assert.Equal("owner: 0:0 in the reference, 0:1 in the guest", MetadataGate.Difference(Reference, Reference with { GroupId = 1 }, ignoreTime: false));
        Assert.Equal("flags: None in the reference, NoDump in the guest", MetadataGate.Difference(Reference, Reference with { Flags = InodeFlags.NoDump }, ignoreTime: false));
        Assert.Equal("mtime: 5.000000006 in the reference, 5.000000007 in the guest", MetadataGate.Difference(Reference, Reference with { Modified = new FileTime(5, 7) }, ignoreTime: false));
    }

    [Fact]
    public void Difference_GuardOnOneSide_IsNone() =>
        Assert.Null(MetadataGate.Difference(Reference with { Flags = InodeFlags.Immutable }, Reference, ignoreTime: false));

    [Fact]
    public void Difference_TimeIgnored_IsNone() =>
        Assert.Null(MetadataGate.Difference(Reference, Reference with { Modified = new FileTime(0, 0) }, ignoreTime: true));
}
