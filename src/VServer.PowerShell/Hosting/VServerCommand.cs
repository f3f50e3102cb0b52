using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;

namespace VServer.Hosting;

/// <summary>
/// What every cmdlet of the module has: a store, a way to report failures, and work that runs beside the pipeline and can be stopped.
/// </summary>
public abstract class VServerCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, StoreSession> sessions = new(StringComparer.Ordinal);
    private HostParts? parts;

    /// <summary>The store; <c>$env:VSERVER_STORE</c>, else <c>/vservers</c>, when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StoreCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Store { get; set; }

    /// <summary>The parts of this host.</summary>
    private protected HostParts Parts => parts ??= new HostParts(stopping.Token);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Attempt(null, Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Attempt(null, Finish);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => stopping.Cancel();

    /// <summary>Frees what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            stopping.Dispose();
        }
    }

    /// <summary>Works on what the pipeline brought.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Works on what was gathered, at the end.</summary>
    private protected virtual void Finish()
    {
    }

    /// <summary>Does one item's work; a failure is reported for it, and the next item goes on.</summary>
    /// <returns>True when it was done.</returns>
    private protected bool Attempt(object? target, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception failure) when (ErrorRecords.CanReport(failure))
        {
            WriteError(ErrorRecords.From(failure, target));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Ctrl+C is no failure: what was done is consistent, and the engine ends the pipeline itself.
        }

        return false;
    }

    /// <summary>The store that is meant; one that cannot be used ends the whole command.</summary>
    /// <param name="path">Absolute path of the store of an object that was given; null for the one of the parameters.</param>
    private protected StoreSession Session(string? path = null)
    {
        string full = path ?? ResolveStorePath();
        if (!sessions.TryGetValue(full, out StoreSession? session))
        {
            session = OpenTerminating(Parts.Open, full);
            sessions.Add(full, session);
        }

        return session;
    }

    /// <summary>Opens a store in one of the two ways; a failure ends the whole command.</summary>
    private protected StoreSession OpenTerminating(Func<string, StoreSession> open, string? path)
    {
        try
        {
            return open(path ?? ResolveStorePath());
        }
        catch (VServerException failure)
        {
            ThrowTerminatingError(ErrorRecords.From(failure, path ?? Store));
            throw;
        }
    }

    /// <summary>Absolute path of the store that is meant.</summary>
    private protected string ResolveStorePath() => StorePath.Resolve(Store, SessionState.Path);

    /// <summary>Runs work on another thread, while this one shows progress and writes what the work posts.</summary>
    private protected T Work<T>(string activity, Func<WorkContext, T> work)
    {
        using RunningWork<T> running = StartWork(activity, work);
        return running.Finish();
    }

    /// <summary>Starts work on another thread, which goes on while the pipeline brings more.</summary>
    private protected RunningWork<T> StartWork<T>(string activity, Func<WorkContext, T> work) => new(this, activity, work, stopping.Token);

    /// <summary>The same for work that gives nothing back.</summary>
    private protected void Work(string activity, Action<WorkContext> work) => Work(activity, context =>
    {
        work(context);
        return true;
    });

    /// <summary>Does items' work by threads of their own. What came of each is told in their order; a failure is reported for its item.</summary>
    /// <param name="work">The work that they are part of.</param>
    /// <param name="names">What the user calls them.</param>
    /// <param name="atOnce">How many are worked on at once.</param>
    /// <param name="before">How far the work is before them.</param>
    /// <param name="act">Does one, by its number; gives what is to be said of it on the pipeline's thread.</param>
    private protected void RunEach(WorkContext work, IReadOnlyList<string> names, int atOnce, WorkProgress before, Func<int, Action> act)
    {
        InOrder told = new(work.Post);
        ThreadPerItem.Run(
            names.Count,
            atOnce,
            number =>
            {
                told.Add(number, RunOne(names[number], () => act(number)));
                work.Progress(before with { Done = before.Done + told.Count, Current = names[number] });
            },
            work.Stopping);
    }

    private Action RunOne(string name, Func<Action> act)
    {
        try
        {
            return act();
        }
        catch (Exception failure) when (ErrorRecords.CanReport(failure))
        {
            return () => WriteError(ErrorRecords.From(failure, name));
        }
    }

    /// <summary>Asks about each item, for work that finds out under -WhatIf all that it would do.</summary>
    /// <returns>Items to be worked on under the key false, items to be only looked at (-WhatIf) under true; those refused are in neither.</returns>
    private protected ILookup<bool, string> Confirm(IEnumerable<string> items, string action)
    {
        List<(string Item, bool WhatIf)> agreed = [];
        foreach (string item in items)
        {
            if (Confirm(item, action) is bool whatIf)
            {
                agreed.Add((item, whatIf));
            }
        }

        return agreed.ToLookup(static pair => pair.WhatIf, static pair => pair.Item);
    }

    /// <summary>The same for one item.</summary>
    /// <returns>False to work on it, true to only look at it (-WhatIf), null when it was refused.</returns>
    private protected bool? Confirm(string item, string action)
    {
        string description = $"Performing the operation \"{action}\" on target \"{item}\".";
        bool yes = ShouldProcess(description, description + " Continue?", "Confirm", out ShouldProcessReason reason);
        return yes || reason == ShouldProcessReason.WhatIf ? !yes : null;
    }

    /// <summary>What takes the fate of single files: said under -Debug, emitted when asked for; null when nobody wants to know.</summary>
    private protected Action<T>? FileSink<T>(WorkContext work, bool emit, Func<T, string> explain)
    {
        // A function's own preference is text.
        bool debug = IsAsked("Debug")
            || (LanguagePrimitives.TryConvertTo(SessionState.PSVariable.GetValue("DebugPreference"), out ActionPreference preference) && preference == ActionPreference.Continue);
        return !emit && !debug ? null : file => work.Post(() =>
        {
            WriteDebug(explain(file));
            if (emit)
            {
                WriteObject(file);
            }
        });
    }

    /// <summary>True when a switch that every cmdlet has was given.</summary>
    private protected bool IsAsked(string common) =>
        MyInvocation.BoundParameters.TryGetValue(common, out object? asked) && asked is SwitchParameter { IsPresent: true };
}
