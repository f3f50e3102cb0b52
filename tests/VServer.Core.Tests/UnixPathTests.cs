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
        Assert.True(UnixPath.Parse(path).IsDirectlyIn(UnixPath.Parse(parent)));
        Assert.Equal(UnixPath.Parse(name), UnixPath.Parse(path).Name);
    }

    [Fact]
    public void Combine_RootAndBelow_JoinsWithOneSlash()
    {
        UnixPath name = UnixPath.Parse("b");
        Assert.Equal(name, UnixPath.Root.Combine(name));
        Assert.Equal(UnixPath.Parse("a/b"), UnixPath.Parse("a").Combine(name));
        Assert.Equal("a/b\0", Encoding.UTF8.GetString(UnixPath.Parse("a").Combine(name).Terminated));
        Assert.Equal(name, name.Combine(UnixPath.Root));
    }

    [Theory]
    [InlineData("etc/passwd", "etc", true)]
    [InlineData("etc", "etc", true)]
    [InlineData("etcetera", "etc", false)]
    [InlineData("usr/etc", "etc", false)]
    [InlineData("usr", "", true)]
    public void IsWithin_Folder_ComparesWholeComponents(string path, string folder, bool expected) =>
        Assert.Equal(expected, UnixPath.Parse(path).IsWithin(UnixPath.Parse(folder)));

    [Theory]
    [InlineData("a/b/c", "a")]
    [InlineData("a/b/c", "")]
    [InlineData("ab/c", "a")]
    [InlineData("a", "a")]
    public void IsDirectlyIn_AnotherFolder_IsFalse(string path, string folder) =>
        Assert.False(UnixPath.Parse(path).IsDirectlyIn(UnixPath.Parse(folder)));

    [Fact]
    public void Equality_SameBytes_IsEqualAndHashesAlike()
    {
        UnixPath left = UnixPath.FromBytes([0xff, (byte)'x']);
        UnixPath right = UnixPath.FromBytes([0xff, (byte)'x']);
        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.True(left < UnixPath.FromBytes([0xff, (byte)'y']));
    }

    [Fact]
    public void TryParseDisplay_WhateverToStringWrites_GivesTheSameBytes()
    {
        foreach (byte[] bytes in new byte[][] { [.. "usr/bin/env"u8], [0xff, 0xfe], [.. "a\nb\\x41"u8], [.. "\u00e4/\u2028"u8], [.. "..."u8] })
        {
            UnixPath path = UnixPath.FromBytes(bytes);
            Assert.True(UnixPath.TryParseDisplay(path.ToString(), out UnixPath again));
            Assert.Equal(path, again);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("usr/bin")]
    [InlineData("//usr")]
    [InlineData("/usr//bin")]
    [InlineData("/usr/")]
    [InlineData("/usr/../etc/shadow")]
    [InlineData("/.")]
    [InlineData("/usr/\\x2e\\x2e/etc")]
    [InlineData("/usr/\\x00")]
    [InlineData("/usr\\x2f\\x2fbin")]
    [InlineData("/a\\")]
    [InlineData("/a\\x4")]
    [InlineData("/a\\n12")]
    [InlineData("/a\\xg0")]
    public void TryParseDisplay_NoFileOfATree_IsRefused(string? text) => Assert.False(UnixPath.TryParseDisplay(text, out _));
}
