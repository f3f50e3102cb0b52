using System.Text;
using Xunit;

namespace VServer.Core.Tests;

public sealed class LineSplitterTests
{
    [Theory]
    [InlineData("a\nb\n", "a", "b")]
    [InlineData("a\nb", "a", "b")]
    [InlineData("\n\n", "", "")]
    [InlineData("", new string[0])]
    [InlineData("a\r\nb", "a\r", "b")]
    [InlineData("grüße €\n😀", "grüße €", "😀")]
    public void LineSplitter_AnyPortions_GiveTheSameLines(string text, params string[] lines)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int size = 1; size <= bytes.Length; size++)
        {
            LineSplitter splitter = new();
            IEnumerable<string> found = [.. bytes.Chunk(size).SelectMany(chunk => splitter.Add(chunk)), .. splitter.End()];
            Assert.Equal(lines, found);
        }
    }

    [Fact]
    public void LineSplitter_NoUtf8_IsShownAsReplacement()
    {
        LineSplitter splitter = new();
        Assert.Empty(splitter.Add([0xE2, 0x82]));
        Assert.Equal(["\uFFFD"], splitter.End());
    }
}
