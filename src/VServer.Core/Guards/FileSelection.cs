using VServer.Unify;

namespace VServer.Guards;

/// <summary>Which files of a tree are meant. With neither paths nor patterns, all are.</summary>
public sealed record FileSelection
{
    /// <summary>Files given whole; a folder stands for all below it. One that is missing is an error.</summary>
    public IReadOnlyList<UnixPath> Paths { get; init; } = [];

    /// <summary>Patterns in which <c>*</c> is any run of bytes, slashes too, and <c>?</c> one byte; to match nothing is no error.</summary>
    public IReadOnlyList<UnixPath> Patterns { get; init; } = [];

    /// <summary>True when nothing was named, so that the whole tree is meant.</summary>
    public bool IsWhole => Paths.Count + Patterns.Count == 0;

    /// <summary>True for a path that is meant without being given whole.</summary>
    internal bool Matches(UnixPath path) =>
        IsWhole || Patterns.Any(pattern => BytePattern.Matches(pattern.Bytes, path.Bytes, folderToo: true));
}
