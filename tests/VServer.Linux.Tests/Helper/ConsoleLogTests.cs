using System.Collections.Concurrent;
using VServer.Linux.Helper;
using Xunit;

namespace VServer.Linux.Tests.Helper;

public sealed class ConsoleLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vserver-log-").FullName;
    private readonly ConsoleLog log = new();

    private string FilePath => Path.Combine(folder, "one.log");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Read_NoLog_GivesNothing() => Assert.Empty(log.Read(FilePath));

    [Fact]
    public void Read_LineAcrossTheTurnOver_IsOne()
    {
        File.WriteAllText($"{FilePath}.1", "a\nb");
        File.WriteAllText(FilePath, "c\nd");

        Assert.Equal(["a", "bc", "d"], log.Read(FilePath));
    }

    [Fact]
    public void Follow_LinesAddedAcrossTurnOvers_AreGivenOnceAndInOrder()
    {
        File.WriteAllText(FilePath, "one\ntwo\n");
        using BlockingCollection<string> lines = [];
        using CancellationTokenSource source = new();
        Thread follower = new(() => Assert.ThrowsAny<OperationCanceledException>(() => log.Follow(FilePath, 1, lines.Add, source.Token)));
        follower.Start();

        Assert.Equal("two", Take(lines));
        File.AppendAllText(FilePath, "three\nfo");
        Assert.Equal("three", Take(lines));
        File.Move(FilePath, $"{FilePath}.1", overwrite: true);
        File.WriteAllText(FilePath, "ur\n");
        Assert.Equal("four", Take(lines));
        File.AppendAllText(FilePath, "five\n");
        Assert.Equal("five", Take(lines));
        source.Cancel();
        follower.Join();
        Assert.Empty(lines);
    }

    private static string Take(BlockingCollection<string> lines)
    {
        Assert.True(lines.TryTake(out string? line, TimeSpan.FromSeconds(20)));
        return line;
    }
}
