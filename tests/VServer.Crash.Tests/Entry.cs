namespace VServer.Crash.Tests;

/// <summary>A name of a tree, as the viewer shows it.</summary>
/// <param name="Path">Below the store, escaped.</param>
/// <param name="Kind">d, f, l or s.</param>
/// <param name="Facts">Mode, owner, size, device, attributes.</param>
/// <param name="Time">When it was modified.</param>
/// <param name="Content">A digest.</param>
/// <param name="Inode">The inode's number.</param>
/// <param name="Links">How many names the inode has.</param>
/// <param name="Flags">The inode's flags, in hexadecimal.</param>
internal sealed record Entry(string Path, string Kind, string Facts, string Time, string Content, string Inode, string Links, string Flags)
{
    /// <summary>Reads a line of the viewer.</summary>
    public static Entry Parse(string line) => line.Split(' ') is [var path, var kind, var facts, var time, var content, var inode, var links, var flags]
        ? new Entry(path, kind, facts, time, content, inode, links, flags)
        : throw new FormatException(line);

    /// <summary>What a guest sees of it; folders' times are put back by the next run only.</summary>
    public string Seen => $"{Path} {Kind} {Facts} {(Kind == "d" ? "" : Time)} {Content}";

    /// <summary>True for a name that a run makes for a moment.</summary>
    public bool IsTemporary => Path.Contains("/.vs-", StringComparison.Ordinal);
}
