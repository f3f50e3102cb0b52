using VServer.Provision.Rewriting;
using Xunit;

namespace VServer.Provision.Tests.Rewriting;

public sealed class ReplacementTableTests
{
    [Fact]
    public void Parse_EveryKindOfLine_IsUnderstood()
    {
        var table = ReplacementTable.Parse(
            """
            # a comment
            [One]
            A.B/C::.cctor default
            A.B::M true
            [Two]
            A.B::M/2 value 7
            A.B::N call Calls.X
            A.B::O filter Calls.Y
            A.B::P redirect C.D::Q Calls.Z
            literal OLD NEW
            """);

        Assert.Equal(
            [
                new Replacement("One", "A.B/C", ".cctor", null, ReplacementKind.Default),
                new Replacement("One", "A.B", "M", null, ReplacementKind.Constant, 1),
                new Replacement("Two", "A.B", "M", 2, ReplacementKind.Constant, 7),
                new Replacement("Two", "A.B", "N", null, ReplacementKind.Call, Target: "Calls.X"),
                new Replacement("Two", "A.B", "O", null, ReplacementKind.Filter, Target: "Calls.Y"),
                new Replacement("Two", "A.B", "P", null, ReplacementKind.Redirect, Target: "Calls.Z", Callee: "C.D::Q"),
            ],
            table.Methods);
        Assert.Equal([new LiteralReplacement("Two", "OLD", "NEW")], table.Literals);
    }

    [Theory]
    [InlineData("no-method default")]
    [InlineData("A.B::M perhaps")]
    [InlineData("A.B::M")]
    public void Parse_LineOfNoKind_IsQuoted(string line)
    {
        var failure = Assert.Throws<FormatException>(() => ReplacementTable.Parse("[One]\n" + line));

        Assert.Contains(line, failure.Message, StringComparison.Ordinal);
    }
}
