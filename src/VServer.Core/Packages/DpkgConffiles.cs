namespace VServer.Packages;

/// <summary>Reads the Conffiles field: a path, a digest and perhaps flags a line. The path may hold blanks.</summary>
internal static class DpkgConffiles
{
    /// <summary>The configuration files of a package.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static IReadOnlyList<UnixPath> Parse(DatabaseFile file, ControlParagraph paragraph)
    {
        List<UnixPath> paths = [];
        ReadOnlySpan<byte> value = paragraph["Conffiles"u8];
        foreach (Range range in value.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = value[range].Trim(" \t"u8);
            if (!line.IsEmpty)
            {
                ReadOnlySpan<byte> path = CutLastWord(CutFlags(line));
                if (path.Length <= 1 || path[0] != '/')
                {
                    throw file.Invalid(paragraph.Line, "a package begins that has a configuration file without absolute path or digest");
                }

                if (ListedPath.TryTake(path) is { } taken)
                {
                    paths.Add(taken);
                }
            }
        }

        return paths;
    }

    private static ReadOnlySpan<byte> CutFlags(ReadOnlySpan<byte> line)
    {
        while (line.EndsWith(" obsolete"u8) || line.EndsWith(" remove-on-upgrade"u8))
        {
            line = CutLastWord(line);
        }

        return line;
    }

    private static ReadOnlySpan<byte> CutLastWord(ReadOnlySpan<byte> line) => line[..Math.Max(line.LastIndexOf((byte)' '), 0)];
}
