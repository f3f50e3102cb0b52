using System.Reflection.PortableExecutable;
using VServer.Provision.Rewriting;
using Xunit;

namespace VServer.Provision.Tests.Rewriting;

public sealed class AssemblyRewriterTests
{
    private const CorFlags ILLibrary = (CorFlags)0x4;

    [Fact]
    public void Rewrite_ImageCompiledAheadOfTime_HoldsIntermediateLanguageOnly()
    {
        using var folder = new TemporaryFolder();
        var source = typeof(System.IO.Pipelines.Pipe).Assembly.Location;
        var destination = Path.Combine(folder.Path, Path.GetFileName(source));
        Assert.NotEqual(0, Header(source).ManagedNativeHeaderDirectory.Size);

        new AssemblyRewriter(ReplacementTable.Parse("")).Rewrite(source, destination);

        var header = Header(destination);
        Assert.Equal(0, header.ManagedNativeHeaderDirectory.Size);
        Assert.Equal(CorFlags.ILOnly, header.Flags & (CorFlags.ILOnly | ILLibrary | CorFlags.Requires32Bit));
    }

    [Fact]
    public void Rewrite_NativeCall_BecomesManaged()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::AskWindows value 65001");

        Assert.Equal(65001, sample.Call(nameof(Sample.Ask), 1));
    }

    [Fact]
    public void Rewrite_Default_ClearsOutParametersToo()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::TryAsk true");
        object?[] arguments = ["question", null, null];

        Assert.Equal(true, sample.Call(nameof(Sample.TryAsk), arguments));

        Assert.Equal(["question", 0, null], arguments);
    }

    [Fact]
    public void Rewrite_NameAlone_MeansEveryOverload()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::Count default");

        Assert.Equal(0, sample.Call(nameof(Sample.Count), 5));
        Assert.Equal(0, sample.Call(nameof(Sample.Count), 5, 6));
    }

    [Fact]
    public void Rewrite_NumberOfParameters_MeansThatOverload()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::Count/2 default");

        Assert.Equal(5, sample.Call(nameof(Sample.Count), 5));
        Assert.Equal(0, sample.Call(nameof(Sample.Count), 5, 6));
    }

    [Fact]
    public void Rewrite_Call_GoesToTheLauncher()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::Greet call Calls.Shout");

        Assert.Equal("WEB1", sample.Call(nameof(Sample.Greet), "web1"));
    }

    [Theory]
    [InlineData("web1", "HELLO WEB1")]
    [InlineData("me", "HI ME")]
    public void Rewrite_Filter_ChangesWhatEveryBranchReturns(string name, string expected)
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::Greet filter Calls.Shout");

        Assert.Equal(expected, sample.Call(nameof(Sample.Greet), name));
    }

    [Fact]
    public void Rewrite_Redirect_ChangesThoseCallsOnly()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::Folder redirect {RewrittenSample.Type}::Greet Calls.Shout");

        Assert.Equal("ME" + Path.GetTempPath(), sample.Call(nameof(Sample.Folder)));
        Assert.Equal("hi me", sample.Call(nameof(Sample.Greet), "me"));
    }

    [Fact]
    public void Rewrite_Literal_ChangesTheConstant()
    {
        using var sample = new RewrittenSample("literal %USERPROFILE% $HOME");

        Assert.Equal("$HOME", sample.Call(nameof(Sample.Home)));
    }

    [Theory]
    [InlineData("::Nonesuch default")]
    [InlineData("::Count/7 default")]
    [InlineData("Nonesuch::Count default")]
    [InlineData("::Home redirect System.IO.Path::GetTempPath Calls.Shout")]
    public void Rewrite_LineThatMatchesNothing_NamesIt(string line)
    {
        var failure = Assert.Throws<InvalidDataException>(() => new RewrittenSample(RewrittenSample.Type + line));

        Assert.Contains(RewrittenSample.Type + line.Split(' ', '/')[0], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewrite_LiteralThatIsNotThere_NamesIt()
    {
        var failure = Assert.Throws<InvalidDataException>(() => new RewrittenSample("literal %NONESUCH% x"));

        Assert.Contains("has no constant \"%NONESUCH%\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireAll_LauncherHasNoSuchMethod_NamesIt()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::Greet call Calls.Nonesuch");

        var failure = Assert.Throws<InvalidDataException>(() => LauncherMethod.RequireAll(sample.Folder));

        Assert.Contains("Calls::Nonesuch", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireAll_LauncherHasEveryMethod_Passes()
    {
        using var sample = new RewrittenSample($"{RewrittenSample.Type}::Greet call Calls.Shout");

        LauncherMethod.RequireAll(sample.Folder);
    }

    private static CorHeader Header(string file)
    {
        using var reader = new PEReader(File.OpenRead(file));
        return reader.PEHeaders.CorHeader!;
    }
}
