namespace VServer.Packages;

/// <summary>
/// Paths as databases list them. A database is the guest's own: what no package manager could have installed is left out, so that nothing
/// behind it meets a path that the kernel would refuse or that is as long as a file.
/// </summary>
internal static class ListedPath
{
    /// <summary>Bytes in a path that Linux takes (PATH_MAX without its NUL).</summary>
    public const int LongestPath = 4095;

    /// <summary>Bytes in one of its names (NAME_MAX).</summary>
    public const int LongestName = 255;

    /// <summary>The path without its leading slashes; null for the root and for what cannot be a path inside a tree.</summary>
    public static UnixPath? TryTake(ReadOnlySpan<byte> listed)
    {
        ReadOnlySpan<byte> path = listed.TrimStart((byte)'/').TrimEnd((byte)'/');
        if (path.IsEmpty || path.Length > LongestPath || path.Contains((byte)0))
        {
            return null;
        }

        foreach (Range part in path.Split((byte)'/'))
        {
            if (path[part] is [] or [(byte)'.'] or [(byte)'.', (byte)'.'] or { Length: > LongestName })
            {
                return null;
            }
        }

        return UnixPath.FromBytes(path);
    }
}
