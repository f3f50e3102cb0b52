using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

/// <summary>One inode with names in many folders, which several threads come upon at the same time.</summary>
public sealed class LinkedFoldersTests
{
    private const string Linked = "mkdir -p a/usr/{100..299}; echo x >a/usr/100/f; for d in {101..299}; do ln a/usr/100/f a/usr/$d/; done; ";

    [Fact]
    public void Unify_ReferenceInodeInManyFolders_IsSealedByOneThreadAtATime()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Linked + "cp -a a/. ref");

        UnifyResult result = store.Unify("a", static request => request with { Guard = UnifyGuard.Immutable });

        Assert.Equal((200, 0), (result.Linked, result.Skipped.Count));
        Assert.Equal("", store.Shell("find . -name '.vs-*'"));
    }

    [Fact]
    public void Unify_GuestsInodeInManyFolders_IsNotTakenForChanged()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Linked + "cp -a --no-preserve=links a/. ref; chattr +i a/usr/100/f");

        UnifyResult result = store.Unify("a");

        Assert.Equal((200, 0), (result.Linked, result.Skipped.Count));
    }
}
