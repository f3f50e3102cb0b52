using Xunit;

namespace VServer.Linux.Tests.Trees;

/// <summary>A test that is run on btrfs and on xfs; skipped with the reason where the tools of one are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FileSystemTheoryAttribute : TheoryAttribute
{
    public FileSystemTheoryAttribute() => Skip = new FileSystemFactAttribute("btrfs").Skip ?? new FileSystemFactAttribute("xfs").Skip;
}
