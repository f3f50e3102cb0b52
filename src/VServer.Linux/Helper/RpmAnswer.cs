using System.Buffers;
using System.Globalization;
using System.Text;
using VServer.Errors;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>What rpm says about one database, up to as much as a real one can make it say.</summary>
/// <param name="question">What it was asked.</param>
/// <param name="end">Ends rpm.</param>
internal sealed class RpmAnswer(RpmQuestion question, Action end)
{
    private const int MostComplaint = 4096;
    private const int LongestShown = 200;

    private readonly ArrayBufferWriter<byte> answer = new();
    private readonly ArrayBufferWriter<byte> complaint = new();
    private string? failure;
    private bool hasEnded;

    /// <summary>Takes what it writes to stdout.</summary>
    public void Take(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= question.MostBytes - answer.WrittenCount)
        {
            answer.Write(bytes.Span);
        }
        else
        {
            failure = "it lists more than any real system has";
            end();
        }
    }

    /// <summary>Takes what it writes to stderr.</summary>
    public void TakeComplaint(ReadOnlyMemory<byte> bytes) =>
        complaint.Write(bytes.Span[..Math.Min(bytes.Length, MostComplaint - complaint.WrittenCount)]);

    /// <summary>Takes how it ended.</summary>
    public void Follow(HelperEvent record)
    {
        failure ??= record.Event switch
        {
            "timeout" => "rpm took longer over it than over any real one",
            "signaled" => string.Create(CultureInfo.InvariantCulture, $"rpm died over it by signal {record.Signal}"),
            "exited" when record.Code != 0 => string.Create(CultureInfo.InvariantCulture, $"rpm ended with the code {record.Code}"),
            _ => null,
        };
        hasEnded |= record.Event is "exited" or "signaled";
    }

    /// <summary>All that it said.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public ReadOnlyMemory<byte> Finish()
    {
        // It gives what it could read of a broken database, with a complaint and as if all were well.
        string said = Complaint();
        if (failure is null && hasEnded && !said.Contains("error:", StringComparison.Ordinal))
        {
            return answer.WrittenMemory;
        }

        string why = failure ?? "rpm could not read all of it";
        throw DatabaseFailure.Make(question.Owner, ErrorKind.InvalidData, said.Length == 0 ? why : $"{why}, and said '{said}'");
    }

    // Its words may be the database's: shown, never obeyed by a terminal.
    private string Complaint()
    {
        string[] lines = Encoding.ASCII.GetString(complaint.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string line = lines.FirstOrDefault(static text => text.Contains("error:", StringComparison.Ordinal)) ?? lines.FirstOrDefault() ?? "";
        string shown = string.Concat(line.Take(LongestShown).Select(static letter => letter is >= ' ' and <= '~' ? letter : '?'));
        return shown.Trim();
    }
}
