using VServer.Core.Tests.Fakes;
using VServer.Guests;
using VServer.Ports;
using VServer.Unify;
using Xunit;

namespace VServer.Core.Tests.Unify;

public sealed class DigestMemoryTests
{
    private const string File = "/vservers/.vserver/cache/digests";

    private readonly MemoryStoreHost host = new();

    [Fact]
    public void Find_InTheNextRun_KnowsWhatWasLearned()
    {
        Learn(Facts(7), 42);
        Assert.Equal((UInt128)42, Find(Facts(7)));
    }

    [Fact]
    public void Find_AnythingDoneToTheInode_ForgetsIt()
    {
        Learn(Facts(7), 42);
        using DigestMemory memory = Open();
        Assert.Null(memory.Find(Facts(8)));
        Assert.Null(memory.Find(Facts(7) with { Device = 9 }));
        Assert.Null(memory.Find(Facts(7) with { Changed = new FileTime(5, 1) }));
        Assert.Null(memory.Find(Facts(7)));

        Learn(Facts(7), 42);
        Assert.Null(Find(Facts(7) with { Size = 4 }));
    }

    [Fact]
    public void FindDifference_OnlyWhenBothWereReadAndDiffer()
    {
        using DigestMemory memory = Open();
        memory.Learn(Facts(1), 10);
        memory.Learn(Facts(2), 20);
        memory.Learn(Facts(3), 10);
        Assert.Equal(((UInt128)10, (UInt128)20), memory.FindDifference(Facts(1), Facts(2)));
        Assert.Null(memory.FindDifference(Facts(1), Facts(3)));
        Assert.Null(memory.FindDifference(Facts(1), Facts(4)));
    }

    [Fact]
    public void Open_EveryByteOfTheFileAltered_KnowsNothing()
    {
        Learn(Facts(7), 42);
        byte[] sound = host.Files[File];
        for (int index = 0; index < sound.Length; index++)
        {
            host.Files[File] = [.. sound];
            host.Files[File][index] ^= 1;
            Assert.Null(Find(Facts(7)));
        }
    }

    [Fact]
    public void Open_FileCutShortAnywhereOrGrown_KnowsNothing()
    {
        Learn(Facts(7), 42);
        byte[] sound = host.Files[File];
        for (int length = 0; length < sound.Length; length++)
        {
            host.Files[File] = sound[..length];
            Assert.Null(Find(Facts(7)));
        }

        host.Files[File] = [.. sound, 0];
        Assert.Null(Find(Facts(7)));
    }

    [Fact]
    public void Open_FileOfAnotherStore_KnowsNothing()
    {
        byte[] content = DigestFile.Write([new(7, new DigestEntry(new FileTime(5, 0), 3, 42, 1))], 1, (1, 2));
        Assert.NotNull(DigestFile.TryRead(content, (1, 2), out _));
        Assert.Null(DigestFile.TryRead(content, (1, 3), out _));
        Assert.Null(DigestFile.TryRead(content, (2, 2), out _));
    }

    [Fact]
    public void Dispose_InodeNotMetForLong_IsLeftOut()
    {
        Learn(Facts(7), 42);
        for (ulong run = 0; run < 20; run++)
        {
            using DigestMemory memory = Open();
            memory.Learn(Facts(100 + run), 1);
            memory.Find(Facts(100));
        }

        Assert.Null(Find(Facts(7)));
        Assert.NotNull(Find(Facts(100)));
    }

    [Fact]
    public void Dispose_MoreThanTheMost_KeepsTheNewest()
    {
        Learn(Facts(1), 1);
        using (DigestMemory memory = Open())
        {
            for (ulong inode = 2; inode <= DigestFile.MostEntries + 1; inode++)
            {
                memory.Learn(Facts(inode), inode);
            }
        }

        Assert.Null(Find(Facts(1)));
        Assert.NotNull(Find(Facts(DigestFile.MostEntries)));
    }

    [Fact]
    public void Dispose_NothingLearnedOrNothingKept_WritesNothing()
    {
        Find(Facts(7));
        using (DigestMemory memory = Open(keeps: false))
        {
            memory.Learn(Facts(7), 42);
        }

        Assert.Empty(host.Files);
    }

    private static FileFacts Facts(ulong inode) =>
        new(1, inode, 1, FileKind.Regular, 0, 0, 0, 1, 3, 4096, default, new FileTime(5, 0), InodeFlags.None, 0);

    private DigestMemory Open(bool keeps = true) => DigestMemory.Open(Store.OpenOrCreate("/vservers", host), keeps);

    private UInt128? Find(FileFacts facts)
    {
        using DigestMemory memory = Open(keeps: false);
        return memory.Find(facts);
    }

    private void Learn(FileFacts facts, UInt128 digest)
    {
        using DigestMemory memory = Open();
        memory.Learn(facts, digest);
    }
}
