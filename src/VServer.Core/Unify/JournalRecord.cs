using System.Buffers.Text;
using System.Text;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>One record of a journal, read back.</summary>
/// <param name="Kind">T, F, D, S or U; see <see cref="Journal"/>.</param>
/// <param name="Tree">The guest or template; nothing for S and U.</param>
/// <param name="Folder">The folder in it; for S and U the handle of an inode, in hexadecimal.</param>
/// <param name="Modified">The folder's time before.</param>
internal readonly record struct JournalRecord(char Kind, string Tree, UnixPath Folder, FileTime Modified)
{
    private const int Fields = 5;

    /// <summary>Reads all whole records; the last may have been cut off by the end of the process.</summary>
    public static IReadOnlyList<JournalRecord> ReadAll(ReadOnlySpan<byte> content)
    {
        List<JournalRecord> records = [];
        int[] ends = new int[Fields];
        while (TryFindEnds(content, ends))
        {
            if (TryRead(content, ends) is { } record)
            {
                records.Add(record);
            }

            content = content[(ends[^1] + 1)..];
        }

        return records;
    }

    private static bool TryFindEnds(ReadOnlySpan<byte> content, int[] ends)
    {
        int from = 0;
        for (int field = 0; field < Fields; field++)
        {
            int end = content[from..].IndexOf((byte)0);
            if (end < 0)
            {
                return false;
            }

            ends[field] = from + end;
            from = ends[field] + 1;
        }

        return true;
    }

    private static JournalRecord? TryRead(ReadOnlySpan<byte> content, int[] ends)
    {
        bool numbers = Utf8Parser.TryParse(content[(ends[2] + 1)..ends[3]], out long seconds, out _)
            & Utf8Parser.TryParse(content[(ends[3] + 1)..ends[4]], out uint nanoseconds, out _);
        return numbers && ends[0] == 1
            ? new JournalRecord(
                (char)content[0],
                Encoding.UTF8.GetString(content[(ends[0] + 1)..ends[1]]),
                UnixPath.FromBytes(content[(ends[1] + 1)..ends[2]]),
                new FileTime(seconds, nanoseconds))
            : null;
    }
}
