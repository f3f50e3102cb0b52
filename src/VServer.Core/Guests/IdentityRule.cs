using VServer.Unify;

namespace VServer.Guests;

/// <summary>What a copy gets in place of entries whose path matches.</summary>
/// <param name="Pattern">Shell-like, relative to the tree's root; <c>*</c> also crosses slashes.</param>
/// <param name="Action">What it gets; null for what any other entry gets.</param>
internal sealed record IdentityRule(byte[] Pattern, CopyAction? Action)
{
    private readonly int literal = Pattern.AsSpan().IndexOfAny("*?"u8) is >= 0 and int wildcard ? wildcard : Pattern.Length;

    /// <summary>True when it can match an entry of the folder.</summary>
    public bool ReachesInto(UnixPath folder)
    {
        ReadOnlySpan<byte> start = Pattern.AsSpan(0, literal);
        ReadOnlySpan<byte> path = folder.Bytes;
        int common = Math.Min(start.Length, path.Length);
        return path[..common].SequenceEqual(start[..common]) && (start.Length <= path.Length || path.IsEmpty || start[path.Length] == '/');
    }

    /// <summary>True when it matches the path.</summary>
    public bool Matches(UnixPath path) => BytePattern.Matches(Pattern, path.Bytes, folderToo: false);
}
