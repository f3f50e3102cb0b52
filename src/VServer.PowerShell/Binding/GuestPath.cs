using VServer.Guards;

namespace VServer.Binding;

/// <summary>Files of a guest: a path as the guest sees it, a pattern with <c>*</c> and <c>?</c>, or a path that a cmdlet of this module gave.</summary>
public sealed class GuestPath
{
    /// <summary>Takes text, which may be a pattern; a <c>*</c> stands for slashes, too.</summary>
    public GuestPath(string text)
    {
        Path = UnixPath.Parse(text);
        IsPattern = text.AsSpan().IndexOfAny('*', '?') >= 0;
    }

    /// <summary>Takes a path to the byte, whatever is in it.</summary>
    public GuestPath(UnixPath path) => Path = path;

    /// <summary>The path or pattern.</summary>
    public UnixPath Path { get; }

    /// <summary>True for a pattern, for which finding nothing is no failure.</summary>
    public bool IsPattern { get; }

    /// <summary>The path or pattern.</summary>
    public override string ToString() => Path.ToString();

    /// <summary>What these stand for.</summary>
    internal static FileSelection Select(IReadOnlyList<GuestPath> paths) => new()
    {
        Paths = [.. paths.Where(static path => !path.IsPattern).Select(static path => path.Path)],
        Patterns = [.. paths.Where(static path => path.IsPattern).Select(static path => path.Path)],
    };
}
