using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Hosting;
using VServer.Unify;

namespace VServer.Commands;

/// <summary>Invoke-VServerUnify: makes equal files of guests one inode with a reference's, or gives guests private copies again.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "VServerUnify", SupportsShouldProcess = true, DefaultParameterSetName = Sharing)]
[OutputType(typeof(UnifyResult), typeof(UnifyFile), typeof(UnifyPlan), ParameterSetName = [Sharing])]
[OutputType(typeof(UnifyResult), typeof(UnifyFile), ParameterSetName = [Replaying])]
[OutputType(typeof(UndoResult), typeof(UnifyFile), ParameterSetName = [Undoing])]
public sealed class InvokeVServerUnifyCommand : SharingCommand
{
    private const string Sharing = "Unify";
    private const string Undoing = "Undo";
    private const string Replaying = "Plan";

    // Gathered first: a file of the reference is compared with all guests while it is in memory.
    private readonly List<FoundName> targets = [];

    /// <summary>The guests.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Sharing)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = Undoing)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(GuestNameCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [];

    /// <summary>The guest or template whose inodes stay; by content there is none.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNull]
    public VServerIdentity? Reference { get; set; }

    /// <summary>Gives private copies again.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Undoing)]
    public SwitchParameter Undo { get; set; }

    /// <summary>Emits a plan of what would be shared, and shares nothing.</summary>
    [Parameter(ParameterSetName = Sharing)]
    public SwitchParameter Plan { get; set; }

    /// <summary>Has what is asked for done to running guests when they are next started.</summary>
    [Parameter(ParameterSetName = Sharing)]
    public SwitchParameter AtNextStart { get; set; }

    /// <summary>A plan to replay, as it was made or as it was read back.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = Replaying)]
    [PlanTransformation]
    [ValidateNotNull]
    public UnifyPlan? PlanObject { get; set; }

    /// <summary>Packages by name, by name with wildcards, or ALL.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [Parameter(ParameterSetName = Undoing)]
    [ArgumentCompleter(typeof(PackageNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Package { get; set; } = ["ALL"];

    /// <summary>Only these files: paths inside the guest, with wildcards; a folder is all below it.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [Parameter(ParameterSetName = Undoing)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Which files may be shared.</summary>
    [Parameter(ParameterSetName = Sharing)]
    public UnifyScope Scope { get; set; }

    /// <summary>What equal files come to have in common; with -Undo, what they stop having in common.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [Parameter(ParameterSetName = Undoing)]
    public MethodChoice Method { get; set; }

    /// <summary>What keeps a shared file from being changed by one guest.</summary>
    [Parameter(ParameterSetName = Sharing)]
    public GuardChoice Guard { get; set; }

    /// <summary>Folders to leave out, as paths inside the guest.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeDirectory { get; set; } = [];

    /// <summary>Folders to take in, which wins over all that leaves out.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [ValidateNotNullOrEmpty]
    public string[] IncludeDirectory { get; set; } = [];

    /// <summary>Path patterns to leave out.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [ValidateNotNullOrEmpty]
    public string[] Exclude { get; set; } = [];

    /// <summary>Path patterns to take in.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [ValidateNotNullOrEmpty]
    public string[] Include { get; set; } = [];

    /// <summary>Files of rules for paths, as the old exclude lists: a rule a line, asked after those of the other parameters.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [ValidateNotNullOrEmpty]
    public string[] RuleFile { get; set; } = [];

    /// <summary>Shares files that differ in modification time alone.</summary>
    [Parameter(ParameterSetName = Sharing)]
    public SwitchParameter IgnoreTime { get; set; }

    /// <summary>Leaves files smaller than this many bytes as they are.</summary>
    [Parameter(ParameterSetName = Sharing)]
    [ValidateRange(0, long.MaxValue)]
    public long MinimumSize { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (PlanObject is { } plan)
        {
            Replay(Session(Store is null ? plan.Store : null), plan);
            return;
        }

        foreach (FoundName found in NameFinder.Find(Name, Session, static session => session.Store.GuestNames()))
        {
            Attempt(found.Name, () =>
            {
                found.Session.Store.ReadGuest(found.Name);
                targets.Add(found);
            });
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        foreach (IGrouping<StoreSession, FoundName> store in targets.GroupBy(static found => found.Session))
        {
            string[] guests = [.. store.Select(static found => found.Name).Distinct()];
            if (Undo)
            {
                Array.ForEach(guests, guest => Attempt(guest, () => UndoOne(store.Key, guest)));
            }
            else
            {
                Attempt(Reference, () => Share(store.Key, guests));
            }
        }
    }

    private void Share(StoreSession session, string[] guests)
    {
        string? reference = CheckReference(Reference, session);
        PackageSelection packages = new(Package);
        PathSelection? files = SelectFiles();
        bool nothingLeft = reference is not null
            && (!HasWantedFiles(session, reference, ref files) || (Scope == UnifyScope.Package && !HasWantedPackages(session, reference, packages)));
        if (nothingLeft)
        {
            return;
        }

        // Of "all guests" the reference is one; alone it is a mistake, and the service says so.
        string[] others = guests.Length == 1 ? guests : [.. guests.Where(guest => guest != reference)];
        if (Plan)
        {
            WriteObject(Work("Planning", work => session.Unify.Plan(Watched(Request(reference, others, packages, files), work), work.Stopping)));
            return;
        }

        foreach (IGrouping<bool, string> group in Confirm(others, $"Share files with {reference ?? "one another"}"))
        {
            UnifyRequest request = Request(reference, [.. group], packages, files) with { WhatIf = group.Key };
            Unify(session, AtNextStart ? request with { AtNextStart = ToQueue(request) } : request);
        }
    }

    private QueuedUnify ToQueue(UnifyRequest request) => new()
    {
        Reference = request.Reference ?? throw new VServerException(
            ErrorIds.ReferenceInvalid,
            ErrorKind.InvalidArgument,
            null,
            "By content, guests are unified with one another, which cannot wait for one of them to start. Name a reference, or stop the guests."),
        Packages = Package,
        Paths = Path,
        Scope = request.Scope,
        Method = request.Method,
        Guard = request.Guard,
        Rules = request.Rules,
        IgnoreTime = request.IgnoreTime,
        MinimumSize = request.MinimumSize,
    };

    private void Replay(StoreSession session, UnifyPlan plan)
    {
        foreach (IGrouping<bool, string> group in Confirm(plan.Guests, $"Share files with {plan.Reference ?? "one another"} as planned"))
        {
            Unify(session, session.Unify.Replay(plan, [.. group]) with { WhatIf = group.Key });
        }
    }

    private void Unify(StoreSession session, UnifyRequest request)
    {
        IReadOnlyList<UnifyResult> results = Work(
            $"Unifying with {request.Reference ?? "one another"}", work => session.Unify.Unify(Watched(request, work), work.Stopping));
        foreach (UnifyResult result in results)
        {
            UnifyAdvice.Give(result, Tell, WriteWarning);
            WriteObject(result);
        }
    }

    private UnifyRequest Watched(UnifyRequest request, WorkContext work) =>
        request with { Files = FileSink<UnifyFile>(work, Detailed, UnifyAdvice.Explain), Progress = work.Progress };

    private void UndoOne(StoreSession session, string guest)
    {
        PackageSelection packages = new(Package);
        PathSelection? files = SelectFiles();
        if (!HasWantedFiles(session, guest, ref files) || !HasWantedPackages(session, guest, packages))
        {
            return;
        }

        foreach (IGrouping<bool, string> group in Confirm([guest], "Give private copies of shared files"))
        {
            UndoRequest request = new()
            {
                Guest = guest,
                Package = packages.TakesAll ? null : packages.Includes,
                Path = files is null ? null : files.Includes,
                Method = Method.ToMethod(UnifyMethod.HardLink),
                WhatIf = group.Key,
            };
            WriteObject(Work($"Undoing {guest}", work => session.Unify.Undo(
                request with { Files = FileSink<UnifyFile>(work, Detailed, UnifyAdvice.Explain), Progress = work.Progress }, work.Stopping)));
        }
    }

    private PathSelection? SelectFiles() => Path.Length == 0 ? null : new PathSelection(Path);

    private UnifyRequest Request(string? reference, IReadOnlyList<string> guests, PackageSelection packages, PathSelection? files) => new()
    {
        Reference = reference,
        Guests = guests,
        Package = packages.Includes,
        Path = files is null ? null : files.Includes,
        Scope = Scope,
        Method = Method.ToMethod(UnifyMethod.Auto),
        Guard = Guard.ToGuard(),
        Rules =
        [
            .. IncludeDirectory.Concat(Include).Select(static rule => "+" + rule),
            .. ExcludeDirectory,
            .. Exclude,
            .. RuleFile.SelectMany(file => Hosting.RuleFile.Read(file, SessionState.Path)),
        ],
        IgnoreTime = IgnoreTime,
        MinimumSize = MinimumSize,
    };
}
