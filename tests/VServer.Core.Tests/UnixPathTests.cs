using System.Text;
using Xunit;

namespace VServer.Core.Tests;

public sealed class UnixPathTests
{
    [Theory]
    [InlineData("usr/bin/env", "/usr/bin/env")]
    [InlineData("/usr/bin/env", "/usr/bin/env")]
    [InlineData("", "/")]
    [InlineData("zażółć", "/zażółć")]
    [InlineData("a\nb", "/a\\x0ab")]
    [InlineData("a\\b", "/a\\x5cb")]
    [InlineData("a\u2028b", "/a\\xe2\\x80\\xa8b")]
    public void ToString_AnyPath_IsOneReadableLine(string text, string shown) =>
        Assert.Equal(shown, UnixPath.Parse(text).ToString());

    [Fact]
    public void ToString_BytesThatAreNoUtf8_AreEscaped() =>
        Assert.Equal("/a\\xffb\\xc3", UnixPath.FromBytes([(byte)'a', 0xff, (byte)'b', 0xc3]).ToString());

    [Fact]
    public void FromBytes_Nul_IsRefused() =>
        Assert.Throws<ArgumentException>(() => UnixPath.FromBytes("a\0b"u8));

    [Theory]
    [InlineData("a/b/c", "a/b", "c")]
    [InlineData("a", "", "a")]
    [InlineData("", "", "")]
    public void ParentAndName_AnyPath_SplitAtTheLastSlash(string path, string parent, string name)
    {
        Assert.Equal(UnixPath.Parse(parent), UnixPath.Parse(path).Parent);
        Assert.Equal(UnixPath.Parse(name), UnixPath.Parse(path).Name);
    }

    [Fact]
    public void Combine_RootAndBelow_JoinsWithOneSlash()
    {
        UnixPath name = UnixPath.Parse("b");
        Assert.Equal(name, UnixPath.Root.Combine(name));
        Assert.Equal(UnixPath.Parse("a/b"), UnixPath.Parse("a").Combine(name));
        Assert.Equal("a/b\0", Encoding.UTF8.GetString(UnixPath.Parse("a").Combine(name).Terminated));
    }

    [Theory]
    [InlineData("etc/passwd", "etc", true)]
    [InlineData("etc", "etc", true)]
    [InlineData("etcetera", "etc", false)]
    [InlineData("usr/etc", "etc", false)]
    [InlineData("usr", "", true)]
    public void IsWithin_Folder_ComparesWholeComponents(string path, string folder, bool expected) =>
        Assert.Equal(expected, UnixPath.Parse(path).IsWithin(UnixPath.Parse(folder)));

    [Fact]
    public void Equality_SameBytes_IsEqualAndHashesAlike()
    {
        UnixPath left = UnixPath.FromBytes([0xff, (byte)'x']);
        UnixPath right = UnixPath.FromBytes([0xff, (byte)'x']);
        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.True(left < UnixPath.FromBytes([0xff, (byte)'y']));
    }
}
