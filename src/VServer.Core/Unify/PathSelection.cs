using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Files that a user named: paths inside a guest as its files are shown, with <c>*</c> (which also crosses <c>/</c>) and <c>?</c>. A folder
/// stands for all below it.
/// </summary>
public sealed class PathSelection
{
    private readonly List<byte[]> patterns = [];
    private readonly List<UnixPath> literals = [];

    /// <summary>Takes what the user wrote.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PathRuleInvalid"/>: a path is not absolute.</exception>
    public PathSelection(IEnumerable<string> paths)
    {
        foreach (string text in paths)
        {
            Add(text);
        }
    }

    private PathSelection(List<byte[]> patterns, List<UnixPath> literals)
    {
        this.patterns = patterns;
        this.literals = literals;
    }

    /// <summary>True when nothing is left to be meant.</summary>
    public bool IsEmpty => patterns.Count == 0 && literals.Count == 0;

    /// <summary>True when the file is meant.</summary>
    public bool Includes(UnixPath path) =>
        literals.Exists(path.IsWithin) || patterns.Exists(pattern => BytePattern.Matches(pattern, path.Bytes, folderToo: true));

    /// <summary>
    /// The same for one tree: paths given whole are followed to where they really are, since with a merged <c>/usr</c> the file at
    /// <c>/bin/perl</c> is <c>/usr/bin/perl</c>.
    /// </summary>
    /// <param name="root">The tree.</param>
    /// <param name="missing">Paths given whole that are not there.</param>
    public PathSelection In(IFolder root, out IReadOnlyList<UnixPath> missing)
    {
        using FolderResolver resolver = new(root);
        ILookup<bool, (UnixPath Given, UnixPath? Real)> found = literals
            .Select(given => (Given: given, Real: given.IsRoot ? given : resolver.ResolveFile(given)))
            .ToLookup(pair => pair.Real is not null && Exists(root, pair.Real));
        missing = [.. found[false].Select(static pair => pair.Given)];
        return new PathSelection(patterns, [.. found[true].Select(static pair => pair.Real).OfType<UnixPath>()]);
    }

    private static bool Exists(IFolder root, UnixPath path)
    {
        using IFolder? folder = root.TryOpenFolder(path.Parent);
        return path.IsRoot || folder?.Find(path.Name) is not null;
    }

    private void Add(string text)
    {
        byte[] bytes = [];
        if (text.AsSpan().ContainsAny('*', '?') && text[0] is '/' or '*' && PathEscapes.TryDecode(text, out bytes))
        {
            patterns.Add(bytes.AsSpan().TrimStart((byte)'/').ToArray());
        }
        else if (UnixPath.TryParseDisplay(text, out UnixPath whole) || text == "/")
        {
            literals.Add(whole);
        }
        else
        {
            throw new VServerException(
                ErrorIds.PathRuleInvalid,
                ErrorKind.InvalidArgument,
                text,
                $"'{text}' is no path inside a guest. Write it as the guest sees it, e.g. /usr/bin/perl or /usr/lib/*.so, with \\xNN for a byte that is no text.");
        }
    }
}
