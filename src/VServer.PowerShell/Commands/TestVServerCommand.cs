using System.Management.Automation;
using VServer.Binding;
using VServer.Hosting;
using VServer.Trust;

namespace VServer.Commands;

/// <summary>Test-VServer: what is not as it should be with guests, templates and their store.</summary>
[Cmdlet(VerbsDiagnostic.Test, "VServer")]
[OutputType(typeof(Finding), typeof(bool))]
public sealed class TestVServerCommand : VServerCommand
{
    private const string All = "*";

    private readonly Dictionary<StoreSession, TestService> services = [];
    private bool isClean = true;

    /// <summary>The guests and templates; all, and the store as a whole, when not given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Guest")]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNullOrEmpty]
    public VServerIdentity[] Name { get; set; } = [new(All)];

    /// <summary>What they are compared with.</summary>
    [Parameter]
    public TestScope Against { get; set; } = TestScope.All;

    /// <summary>The guest or template to compare with, other than the one a guest was made from.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ReferenceCompleter))]
    [ValidateNotNull]
    public VServerIdentity? Reference { get; set; }

    /// <summary>The guard that shared files should have.</summary>
    [Parameter]
    public GuardChoice Guard { get; set; }

    /// <summary>Emits only whether all is well.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Name.Any(static name => name.Name == All) && Against.HasFlag(TestScope.Store))
        {
            Attempt(Store, () => ServiceOf(Session()).TestStore(Tell));
        }

        foreach (FoundName found in NameFinder.Find(Name, Session, NamedTrees.Of))
        {
            // In two steps, since what the test finds is said in the same place.
            bool isTested = Attempt(found.Name, () => Test(found));
            isClean &= isTested;
        }
    }

    /// <inheritdoc/>
    private protected override void Finish()
    {
        if (Quiet)
        {
            WriteObject(isClean);
        }
    }

    private void Test(FoundName found)
    {
        NamedTrees.Check(found);
        TestService service = ServiceOf(found.Session);
        Work($"Testing {found.Name}", work => service.Test(
            new TestRequest
            {
                Name = found.Name,
                Scope = Against,
                Reference = Reference?.Name,
                Guard = Guard.ToGuard(),
                Found = finding => work.Post(() => Tell(finding)),
                Progress = work.Progress,
            },
            work.Stopping));
    }

    private TestService ServiceOf(StoreSession session)
    {
        if (!services.TryGetValue(session, out TestService? service))
        {
            services.Add(session, service = session.Tests());
        }

        return service;
    }

    private void Tell(Finding finding)
    {
        isClean = false;
        if (!Quiet)
        {
            WriteObject(finding);
        }
    }
}
