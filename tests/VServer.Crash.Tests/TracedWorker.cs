using System.Diagnostics;
using System.Text;

namespace VServer.Crash.Tests;

/// <summary>A worker under the tracer, which does one piece of work after another until it is killed.</summary>
internal sealed class TracedWorker : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder errors = new();

    /// <summary>Starts one.</summary>
    /// <param name="folder">Folder of the store; calls below it and below /run/vserver are counted.</param>
    /// <param name="image">The file that the file system is in, when copies of it are to be taken.</param>
    /// <param name="worker">The program, for a store.</param>
    public TracedWorker(string folder, string image, Func<string, string[]> worker)
    {
        string store = $"{folder}/store";
        ProcessStartInfo start = new(Programs.Fault, [$"{store}:/run/vserver:{folder}/adopted", image, .. worker(store)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What the runtime would write beside the work.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        process = Process.Start(start)!; // Null is for shell execution only.
        process.ErrorDataReceived += (_, line) => errors.Append(line.Data).Append(' ');
        process.BeginErrorReadLine();
        Say("none");
        Outcome ready = Listen();
        IsAlive = ready.End == "#end" ? true : throw new InvalidOperationException($"The worker did not start: {ready.Reply}");
    }

    /// <summary>False once it was killed.</summary>
    public bool IsAlive { get; private set; }

    /// <summary>Does a piece of work under a plan of the tracer's.</summary>
    public Outcome Do(string plan, string order)
    {
        Say(plan);
        Say(order);
        Outcome outcome = Listen();
        IsAlive = outcome.End == "#end";
        return outcome;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private void Say(string line)
    {
        process.StandardInput.Write(line + '\n');
        process.StandardInput.Flush();
    }

    private Outcome Listen()
    {
        Outcome outcome = new();
        while (outcome.End is null && process.StandardOutput.ReadLine() is { } line)
        {
            outcome.Take(line);
        }

        if (outcome.End is "#exit" or null)
        {
            process.WaitForExit();
            outcome.Take(errors.ToString());
        }

        return outcome;
    }
}
