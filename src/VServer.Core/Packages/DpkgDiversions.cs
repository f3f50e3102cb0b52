using System.Text;

namespace VServer.Packages;

/// <summary>var/lib/dpkg/diversions: files that one package puts under another name so that its own can have the place.</summary>
internal sealed class DpkgDiversions
{
    // The administrator's own diversions hold for every package.
    private const string Local = ":";

    private readonly Dictionary<UnixPath, (UnixPath To, string Package)> entries = [];

    /// <summary>Reads the file: three lines an entry, from, to and by whom.</summary>
    /// <exception cref="Errors.VServerException"><see cref="Errors.ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public static DpkgDiversions Parse(DatabaseFile file, ReadOnlySpan<byte> content)
    {
        DpkgDiversions diversions = new();
        for (int line = 1; !content.IsEmpty; line += 3)
        {
            UnixPath from = TakePath(file, ref content, line);
            UnixPath to = TakePath(file, ref content, line + 1);
            string package = Encoding.ASCII.GetString(TakeLine(ref content));
            diversions.entries[from] = package.Length > 0 ? (to, package) : throw file.Invalid(line + 2, "the diversion's package is missing");
        }

        return diversions;
    }

    /// <summary>Where a package's file really lies.</summary>
    public UnixPath Resolve(UnixPath listed, string package) =>
        entries.TryGetValue(listed, out (UnixPath To, string Package) entry) && entry.Package != package ? entry.To : listed;

    /// <summary>The file for a tree that holds only some of the packages.</summary>
    public byte[] Write(Func<string, bool> isWanted)
    {
        List<byte> bytes = [];
        foreach ((UnixPath from, (UnixPath to, string package)) in entries.OrderBy(entry => entry.Key))
        {
            if (package == Local || isWanted(package))
            {
                bytes.AddRange([(byte)'/', .. from.Bytes, (byte)'\n', (byte)'/', .. to.Bytes, (byte)'\n', .. Encoding.ASCII.GetBytes(package), (byte)'\n']);
            }
        }

        return [.. bytes];
    }

    private static UnixPath TakePath(DatabaseFile file, ref ReadOnlySpan<byte> rest, int line)
    {
        ReadOnlySpan<byte> text = TakeLine(ref rest);
        return (text.Length > 1 && text[0] == '/' ? ListedPath.TryTake(text) : null) ?? throw file.Invalid(line, "the diversion has no absolute path");
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line;
    }
}
