using VServer.Core.Tests.Fakes;
using VServer.Unify;
using Xunit;

namespace VServer.Core.Tests.Unify;

public sealed class FolderResolverTests
{
    [Fact]
    public void ResolveFile_LinkedFolder_IsWhereItLeads()
    {
        using MemoryFolder root = new MemoryFolder().With("usr/bin/ls", "").WithLink("bin", "usr/bin").WithLink("usr/sbin", "../bin");
        using FolderResolver resolver = new(root);
        Assert.Equal("/usr/bin/ls", resolver.ResolveFile(UnixPath.Parse("bin/ls"))?.ToString());
        Assert.Equal("/usr/bin/ls", resolver.ResolveFile(UnixPath.Parse("usr/sbin/ls"))?.ToString());
    }

    [Fact]
    public void ResolveFile_OutOfTheTree_StaysInside()
    {
        using MemoryFolder root = new MemoryFolder().With("etc/passwd", "").WithLink("out", "../../../../etc").WithLink("loop", "loop");
        using FolderResolver resolver = new(root);
        Assert.Equal("/etc/shadow", resolver.ResolveFile(UnixPath.Parse("out/shadow"))?.ToString());
        Assert.Null(resolver.ResolveFile(UnixPath.Parse("loop/x")));
        Assert.Null(resolver.ResolveFile(UnixPath.Parse("missing/x")));
    }

    // Each link names the next a hundred times: followed to the end, that would be a hundred to the power of thirty steps.
    [Fact]
    public void ResolveFile_LinksOfLinks_EndAsTheKernelEndsThem()
    {
        using MemoryFolder root = new();
        root.With("l30/x", "");
        for (int level = 0; level < 30; level++)
        {
            root.WithLink($"l{level}", string.Concat(Enumerable.Repeat($"l{level + 1}/../", 100)));
        }

        using FolderResolver resolver = new(root);
        Assert.Null(resolver.ResolveFile(UnixPath.Parse("l0/x")));
    }

    [Fact]
    public void ResolveFile_LinkToWhatCannotBe_IsNowhere()
    {
        using MemoryFolder root = new MemoryFolder().WithLink("long", new string('x', 300)).WithLink("deep", string.Concat(Enumerable.Repeat("a/", 2040)));
        using FolderResolver resolver = new(root);
        Assert.Null(resolver.ResolveFile(UnixPath.Parse("long/x")));
        Assert.Null(resolver.ResolveFile(UnixPath.Parse("deep/x")));
    }
}
