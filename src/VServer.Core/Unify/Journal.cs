using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// What a run is about to do, written before it does it, so that the next run can put right what a killed one left: temporary names in
/// folders, folders whose time was not put back, and guards that were lifted. Fields end in NUL, since paths are bytes. Safe for several threads.
/// </summary>
internal sealed class Journal : IDisposable
{
    private static readonly SearchValues<byte> HexadecimalDigits = SearchValues.Create("0123456789abcdef"u8);

    private readonly IStoreHost host;
    private readonly string path;
    private readonly IJournalFile file;
    private readonly Lock gate = new();
    private volatile bool isKept;

    private Journal(IStoreHost host, string path, string token)
    {
        this.host = host;
        this.path = path;
        Token = token;
        file = host.OpenJournal(path);
    }

    /// <summary>What makes this run's temporary names its own.</summary>
    public string Token { get; }

    /// <summary>Starts a journal that names the trees the run may change; it is on disk when this returns.</summary>
    public static Journal Begin(Store store, IEnumerable<string> trees)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        Journal journal = new(store.Host, $"{store.JournalFolder}/{token}.journal", token);
        try
        {
            foreach (string tree in trees)
            {
                journal.Append('T', tree, UnixPath.Root, default);
            }

            journal.Flush();
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Where a run keeps copies until they are put in place.</summary>
    public static string StagingFolder(Store store, string token) => $"{store.JournalFolder}/{token}.staging";

    /// <summary>A temporary name: the run's own, so that a left-over is known; one a thread, so that threads never meet.</summary>
    public UnixPath TemporaryName(int number) => UnixPath.Parse(string.Create(CultureInfo.InvariantCulture, $".vs-{Token}-{number}"));

    /// <summary>The token of the run that made a temporary name; null for a name of another form.</summary>
    public static string? TokenOf(UnixPath name)
    {
        const int Length = 12;
        ReadOnlySpan<byte> bytes = name.Bytes;
        bool isOurs = bytes.Length > 4 + Length + 1
            && bytes.StartsWith(".vs-"u8)
            && !bytes.Slice(4, Length).ContainsAnyExcept(HexadecimalDigits)
            && bytes[4 + Length] == '-'
            && !bytes[(4 + Length + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return isOurs ? Encoding.ASCII.GetString(bytes.Slice(4, Length)) : null;
    }

    /// <summary>A folder is about to be changed; its time was this.</summary>
    public void Entering(string tree, UnixPath folder, FileTime modified) => Append('F', tree, folder, modified);

    /// <summary>The folder is done and its time put back.</summary>
    public void Left(string tree, UnixPath folder) => Append('D', tree, folder, default);

    /// <summary>A guard is about to be lifted from an inode, which no name may lead to by the time it must be put back.</summary>
    /// <param name="handle">The inode; null where the file system gives no handles, and a killed run's seal stays off.</param>
    /// <param name="always">True to put it back even when only one name is left.</param>
    public void Lifting(byte[]? handle, bool always)
    {
        if (handle is not null)
        {
            Append(always ? 'S' : 'U', "", UnixPath.Parse(Convert.ToHexStringLower(handle)), default);
        }
    }

    /// <summary>Makes what was appended survive a power loss.</summary>
    public void Flush()
    {
        lock (gate)
        {
            file.Flush();
        }
    }

    /// <summary>Something could not be put right now: the next run has to do it.</summary>
    public void Keep() => isKept = true;

    /// <summary>The run is complete: nothing is left to put right, but for what was kept for the next.</summary>
    public void Complete()
    {
        if (!isKept)
        {
            host.DeleteFile(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void Append(char kind, string tree, UnixPath folder, FileTime time)
    {
        ArrayBufferWriter<byte> record = new();
        record.Write<byte>([(byte)kind, 0]);
        record.Write(Encoding.UTF8.GetBytes(tree));
        record.Write<byte>([0]);
        record.Write(folder.Terminated);
        AppendNumber(record, time.Seconds);
        AppendNumber(record, time.Nanoseconds);
        lock (gate)
        {
            file.Append(record.WrittenSpan);
        }
    }

    private static void AppendNumber(ArrayBufferWriter<byte> record, long number)
    {
        Span<byte> digits = stackalloc byte[21];
        Utf8Formatter.TryFormat(number, digits, out int length);
        record.Write(digits[..length]);
        record.Write<byte>([0]);
    }
}
