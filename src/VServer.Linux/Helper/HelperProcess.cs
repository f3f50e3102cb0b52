using VServer.Linux.Interop;

namespace VServer.Linux.Helper;

/// <summary>One run of the helper.</summary>
internal sealed class HelperProcess : IDisposable
{
    /// <summary>Where the helper looks for its request.</summary>
    private const int RequestNumber = 3;

    /// <summary>Where the helper writes its report.</summary>
    private const int ReportNumber = 4;

    private readonly int process;

    private HelperProcess(int process, FileDescriptor answer)
    {
        this.process = process;
        Report = new HelperReport(answer);
    }

    /// <summary>What failures name.</summary>
    public static UnixPath Name { get; } = UnixPath.Parse("vserver-helper");

    /// <summary>What it says.</summary>
    public HelperReport Report { get; }

    /// <summary>Starts it.</summary>
    /// <exception cref="Errors.TreeException">It could not be started.</exception>
    public static HelperProcess Start(string program, HelperRequest request, HelperStreams streams)
    {
        using FileDescriptor question = Hold(request);
#pragma warning disable CA2000 // The report takes our end over, or the catch below closes it.
        SocketPair.Create(out FileDescriptor ours, out FileDescriptor theirs).ThrowIfFailed("socketpair", "make a report for", Name);
#pragma warning restore CA2000
        using (theirs)
        {
            try
            {
                return new HelperProcess(Spawn(program, request.Verb, question, theirs, streams), ours);
            }
            catch
            {
                ours.Dispose();
                throw;
            }
        }
    }

    /// <summary>Waits for its end; the status is as waitpid gives it.</summary>
    public int Wait() => WaitPid.Wait(process, out int status).Succeeded ? status : 0;

    /// <inheritdoc/>
    public void Dispose() => Report.Dispose();

    private static int Spawn(string program, string verb, FileDescriptor question, FileDescriptor answer, HelperStreams streams)
    {
        using SpawnActions actions = new();
        using SpawnAttributes attributes = new(ownGroup: !streams.UsesTerminal);
        streams.Place(actions);
        actions.Place(question, RequestNumber).ThrowIfFailed("fcntl", "copy a descriptor for", Name);
        actions.Place(answer, ReportNumber).ThrowIfFailed("fcntl", "copy a descriptor for", Name);
        NativeResult spawned = PosixSpawn.Start(NulText.From(program), NulText.From(verb), actions, attributes);
        spawned.ThrowIfFailed("posix_spawn", "start", Name);
        return (int)spawned.Value;
    }

    /// <summary>A file in memory takes a request of any size at once, where a pipe would wait for its reader.</summary>
    private static FileDescriptor Hold(HelperRequest request)
    {
        NativeResult created = MemfdCreate.Create("vserver-request\0"u8);
        created.ThrowIfFailed("memfd_create", "make a request for", Name);
        FileDescriptor file = FileDescriptor.Own(created.Value);
        ReadOnlySpan<byte> left = request.GetBytes();
        while (!left.IsEmpty)
        {
            NativeResult written = Write.Bytes(file, left);
            written.ThrowIfFailed("write", "make a request for", Name);
            left = left[(int)written.Value..];
        }

        LSeek.Seek(file, 0, LSeek.FromStart).ThrowIfFailed("lseek", "make a request for", Name);
        return file;
    }
}
