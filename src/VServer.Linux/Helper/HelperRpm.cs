using System.Globalization;
using System.Runtime.InteropServices;
using VServer.Errors;
using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>The host's rpm, run by the helper in a cage (docs/design/protocol.md, <c>inspect</c>): whoever made the database may own what reads it.</summary>
public sealed class HelperRpm : IRpmProgram
{
    // The cage's own folder, where the copies are; the host's configuration, named so that none of the database's user is looked for.
    private const string Folder = "/files";

    private static readonly string[] Always = ["--rcfile", "/usr/lib/rpm/rpmrc", "--macros", "/usr/lib/rpm/macros", "--dbpath", Folder];

    // rpmdb makes a database of headers; the shell is given no text but this.
    private const string ImportScript = "/usr/bin/rpmdb \"$@\" --importdb && exec /usr/bin/rpm \"$@\" --nodigest --nosignature -qa --queryformat \"$0\"";

    private const long BytesForSideFiles = 64 * 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly HelperRunner runner;
    private readonly CancellationToken stopping;

    /// <summary>Uses the helper at an absolute path.</summary>
    /// <param name="helper">The helper.</param>
    /// <param name="stopping">Ends what is asked.</param>
    public HelperRpm(string helper, CancellationToken stopping)
    {
        runner = new HelperRunner(helper);
        this.stopping = stopping;
    }

    /// <summary>Where the host has it.</summary>
    internal string Program { get; init; } = "/usr/bin/rpm";

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Query(RpmQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (!File.Exists(Program))
        {
            throw new VServerException(
                ErrorIds.HostUnsupported,
                ErrorKind.NotFound,
                question.Owner,
                $"The package database of '{question.Owner}' is rpm's, and this host has no {Program} to read it with. Install the package rpm (Debian: apt-get install rpm) and repeat the command; to share equal files without package lists, use -Scope Tree.");
        }

        using CancellationTokenSource tooMuch = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        RpmAnswer answer = new(question, tooMuch.Cancel);
        using Stream? headers = Open(question.Headers);
        using HelperStreams streams = HelperStreams.Between(headers, answer.Take, answer.TakeComplaint);
        try
        {
            runner.Run(Request(question), streams, answer.Follow, tooMuch.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Its own end, told below.
        }

        GC.KeepAlive(question);
        return answer.Finish();
    }

    private HelperRequest Request(RpmQuestion question)
    {
        HelperRequest request = new HelperRequest("inspect", question.Owner)
            .Add("timeout-ms", (long)Longest.TotalMilliseconds)
            .Add("space", BytesForSideFiles + (2L * question.Headers.GetValueOrDefault().Length) + question.Files.Values.Sum(file => file.Facts.Size));
        foreach ((string name, IFile file) in question.Files)
        {
            // Our own descriptor: whatever has the file's name in the tree by now, this is what was looked at.
            request.Add("name", name).Add("file", string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{LinuxFile.From(file).Descriptor.DangerousGetHandle()}"));
        }

        return question.Headers is null
            ? request.AddAll("arg", [Program, .. Always, "--nodigest", "--nosignature", "-qa", "--queryformat", question.Format])
            : request.AddAll("arg", ["/bin/sh", "-c", ImportScript, question.Format, .. Always, "--define", "_db_backend sqlite"]);
    }

    private static MemoryStream? Open(ReadOnlyMemory<byte>? headers) =>
        headers is { } bytes && MemoryMarshal.TryGetArray(bytes, out ArraySegment<byte> array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) // The segment was just taken.
            : null;
}
