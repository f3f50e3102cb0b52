namespace VServer.Unify;

/// <summary>Shell-like patterns on bytes: <c>*</c> is any run of bytes, slashes too; <c>?</c> is one byte.</summary>
internal static class BytePattern
{
    /// <summary>Matches the whole path, or, with <paramref name="folderToo"/>, one of the folders it lies in.</summary>
    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> path, bool folderToo)
    {
        int star = -1;
        int retry = 0;
        int p = 0;
        for (int at = 0; at < path.Length;)
        {
            if (p == pattern.Length && folderToo && path[at] == '/')
            {
                return true;
            }

            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                retry = at;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == path[at]))
            {
                p++;
                at++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].IndexOfAnyExcept((byte)'*') < 0;
    }
}
