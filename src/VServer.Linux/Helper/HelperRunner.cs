using VServer.Errors;

namespace VServer.Linux.Helper;

/// <summary>Runs the helper and turns its report into events and exceptions.</summary>
internal sealed class HelperRunner(string program)
{
    /// <summary>Runs one verb to its end.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="streams">stdin, stdout and stderr; pumped here, disposed by the caller.</param>
    /// <param name="handle">Gets each event but <c>error</c> and <c>done</c>, on this thread.</param>
    /// <param name="cancellation">Has the helper undo what it has begun; this waits until it has.</param>
    /// <exception cref="VServerException">It failed.</exception>
    public void Run(HelperRequest request, HelperStreams streams, Action<HelperEvent> handle, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using HelperProcess process = Start(request, streams);
        streams.Start();
        HelperEvent? failure = null;
        bool? done;
        using (cancellation.Register(process.Report.Cancel))
        {
            done = Read(process.Report, handle, ref failure);
        }

        int status = process.Wait();
        streams.Finish();
        if (done == true)
        {
            return;
        }

        cancellation.ThrowIfCancellationRequested();
        throw failure is not null ? HelperFailure.From(failure, request) : HelperFailure.Crashed(request, status);
    }

    private HelperProcess Start(HelperRequest request, HelperStreams streams)
    {
        try
        {
            return HelperProcess.Start(program, request, streams);
        }
        catch (TreeException failure)
        {
            throw new VServerException(
                ErrorIds.HelperFailed,
                failure.Kind,
                request.Target,
                $"Cannot {HelperFailure.Deed(request)}: the helper '{program}' could not be started. {failure.Message} Install the module again if it is missing.",
                failure);
        }
    }

    private static bool? Read(HelperReport report, Action<HelperEvent> handle, ref HelperEvent? failure)
    {
        while (report.Read() is HelperEvent record)
        {
            switch (record.Event)
            {
                case "done":
                    return record.Ok;
                case "error":
                    failure ??= record;
                    break;
                default:
                    handle(record);
                    break;
            }
        }

        return null;
    }
}
