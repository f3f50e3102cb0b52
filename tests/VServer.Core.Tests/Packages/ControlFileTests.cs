using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VServer.Errors;
using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Packages;

public sealed class ControlFileTests
{
    [Fact]
    public void Parse_FoldedField_KeepsItsLinesAndDropsTheBlanksAround()
    {
        ControlParagraph paragraph = Parse("Package: a\nConffiles:\n /etc/a 1\n /etc/b 2\nVersion:  1 \n").Single();

        Assert.Equal("/etc/a 1\n /etc/b 2", Value(paragraph, "Conffiles"));
        Assert.Equal("1", Value(paragraph, "version"));
        Assert.Equal("", Value(paragraph, "Depends"));
    }

    [Fact]
    public void Parse_ManyEmptyLines_SeparateParagraphsThatKnowTheirLine()
    {
        List<ControlParagraph> paragraphs = Parse("\n\nPackage: a\n\n\nPackage: b\n x\n");

        Assert.Equal([3, 6], paragraphs.Select(paragraph => paragraph.Line));
        Assert.Equal("Package: b\n x\n", Encoding.UTF8.GetString(paragraphs[1].Bytes));
    }

    [Theory]
    [InlineData("Package: a\nnonsense\n", 2)]
    [InlineData("\n folded\n", 2)]
    [InlineData(": a\n", 1)]
    [InlineData("A: b\n\n\tc", 3)]
    public void Parse_Malformed_NamesTheLine(string text, int line)
    {
        VServerException failure = Assert.Throws<VServerException>(() => Parse(text));
        Assert.Contains($"line {line} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WhatWasWritten_IsReadBack()
    {
        Gen<string> word = Gen.Elements("a", "b:c", "x y", "ü", "-").NonEmptyListOf().Select(words => string.Join(' ', words));
        Gen<string> value = word.NonEmptyListOf().Select(lines => string.Join("\n ", lines));
        Gen<List<List<string>>> file = value.NonEmptyListOf().Select(values => values.ToList()).ListOf().Select(paragraphs => paragraphs.ToList());
        Prop.ForAll(file.ToArbitrary(), paragraphs =>
        {
            string text = string.Join("\n", paragraphs.Select(values => string.Concat(values.Select((content, index) => $"F{index}: {content}\n"))));
            List<ControlParagraph> read = Parse(text);
            return read.Count == paragraphs.Count
                && paragraphs.Zip(read).All(pair => pair.First.Select((content, index) => Value(pair.Second, $"F{index}") == content).All(equal => equal));
        }).QuickCheckThrowOnFailure();
    }

    private static List<ControlParagraph> Parse(string text) =>
        [.. ControlFile.Parse(Encoding.UTF8.GetBytes(text), new DatabaseFile("web1", DpkgPaths.Status).Invalid)];

    private static string Value(ControlParagraph paragraph, string field) => Encoding.UTF8.GetString(paragraph[Encoding.UTF8.GetBytes(field)]);
}
