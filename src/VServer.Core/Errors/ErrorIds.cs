namespace VServer.Errors;

/// <summary>Every error id of the module. They are public: never renamed, each described in docs/design/error-ids.md.</summary>
public static class ErrorIds
{
    /// <summary>No guest of that name in the store.</summary>
    public const string GuestNotFound = nameof(GuestNotFound);

    /// <summary>The name is taken by a guest, a template or a folder.</summary>
    public const string NameTaken = nameof(NameTaken);

    /// <summary>The name cannot be a guest's or a template's.</summary>
    public const string NameInvalid = nameof(NameInvalid);

    /// <summary>The guest runs, and what was asked needs it stopped.</summary>
    public const string GuestRunning = nameof(GuestRunning);

    /// <summary>The guest does not run.</summary>
    public const string GuestNotRunning = nameof(GuestNotRunning);

    /// <summary>What is to be mounted in a guest cannot be meant.</summary>
    public const string MountInvalid = nameof(MountInvalid);

    /// <summary>What is to be mounted in a guest could not be when it was started.</summary>
    public const string MountFailed = nameof(MountFailed);

    /// <summary>Another command works on the guest.</summary>
    public const string GuestBusy = nameof(GuestBusy);

    /// <summary>Another running guest has the same host ids.</summary>
    public const string GuestIdsTaken = nameof(GuestIdsTaken);

    /// <summary>The guest's configuration cannot be read.</summary>
    public const string GuestConfigInvalid = nameof(GuestConfigInvalid);

    /// <summary>The guest's making was interrupted.</summary>
    public const string GuestIncomplete = nameof(GuestIncomplete);

    /// <summary>The guest shares files with others, and what was asked needs files of its own.</summary>
    public const string GuestSharing = nameof(GuestSharing);

    /// <summary>A stopped guest has changes that are not folded into its tree.</summary>
    public const string GuestUnsettled = nameof(GuestUnsettled);

    /// <summary>A limit of a guest makes no sense.</summary>
    public const string LimitInvalid = nameof(LimitInvalid);

    /// <summary>The host cannot hold a guest to a limit.</summary>
    public const string LimitUnsupported = nameof(LimitUnsupported);

    /// <summary>The kernel refused a guest's limit now.</summary>
    public const string LimitRefused = nameof(LimitRefused);

    /// <summary>The store's list of what tells guests apart cannot be read.</summary>
    public const string IdentityListInvalid = nameof(IdentityListInvalid);

    /// <summary>No template of that name in the store.</summary>
    public const string TemplateNotFound = nameof(TemplateNotFound);

    /// <summary>The template's making was interrupted.</summary>
    public const string TemplateIncomplete = nameof(TemplateIncomplete);

    /// <summary>No such package.</summary>
    public const string PackageNotFound = nameof(PackageNotFound);

    /// <summary>No package database that we can read.</summary>
    public const string PackageDatabaseMissing = nameof(PackageDatabaseMissing);

    /// <summary>The package database cannot be read.</summary>
    public const string PackageDatabaseInvalid = nameof(PackageDatabaseInvalid);

    /// <summary>A package needs another that is not installed.</summary>
    public const string PackageDependencyMissing = nameof(PackageDependencyMissing);

    /// <summary>The store folder is missing or is no store.</summary>
    public const string StoreInvalid = nameof(StoreInvalid);

    /// <summary>The store is on a file system mounted read-only.</summary>
    public const string StoreReadOnly = nameof(StoreReadOnly);

    /// <summary>The store's file system is full.</summary>
    public const string StoreFull = nameof(StoreFull);

    /// <summary>Template and guests, or a tree and its store, are not on one file system.</summary>
    public const string FileSystemsDiffer = nameof(FileSystemsDiffer);

    /// <summary>The caller is not root.</summary>
    public const string NotRoot = nameof(NotRoot);

    /// <summary>The kernel or the file system lacks something.</summary>
    public const string HostUnsupported = nameof(HostUnsupported);

    /// <summary>The guest could not be started.</summary>
    public const string StartFailed = nameof(StartFailed);

    /// <summary>The guest could not be stopped.</summary>
    public const string StopFailed = nameof(StopFailed);

    /// <summary>There is no network of that name.</summary>
    public const string NetworkNotFound = nameof(NetworkNotFound);

    /// <summary>Guests are configured for the network.</summary>
    public const string NetworkInUse = nameof(NetworkInUse);

    /// <summary>A network's configuration cannot be used.</summary>
    public const string NetworkConfigInvalid = nameof(NetworkConfigInvalid);

    /// <summary>The host refused a bridge, a link or a rule.</summary>
    public const string NetworkFailed = nameof(NetworkFailed);

    /// <summary>A subnet cannot be a network's.</summary>
    public const string SubnetInvalid = nameof(SubnetInvalid);

    /// <summary>A subnet has addresses in common with one that there is.</summary>
    public const string SubnetTaken = nameof(SubnetTaken);

    /// <summary>An address cannot be a guest's.</summary>
    public const string AddressInvalid = nameof(AddressInvalid);

    /// <summary>Another guest has the address.</summary>
    public const string AddressTaken = nameof(AddressTaken);

    /// <summary>A network has no address left.</summary>
    public const string AddressesExhausted = nameof(AddressesExhausted);

    /// <summary>A port cannot be published.</summary>
    public const string PortInvalid = nameof(PortInvalid);

    /// <summary>The host's port leads to another guest.</summary>
    public const string PortTaken = nameof(PortTaken);

    /// <summary>A program of the host is missing.</summary>
    public const string ProgramMissing = nameof(ProgramMissing);

    /// <summary>The guest is suspended, and what was asked needs it to go on.</summary>
    public const string GuestSuspended = nameof(GuestSuspended);

    /// <summary>The guest could not be frozen, or not be let go on.</summary>
    public const string SuspendFailed = nameof(SuspendFailed);

    /// <summary>What was waited for has not come in time.</summary>
    public const string WaitTimedOut = nameof(WaitTimedOut);

    /// <summary>The delta could not be settled.</summary>
    public const string SettleFailed = nameof(SettleFailed);

    /// <summary>The command could not be run in the guest.</summary>
    public const string CommandFailed = nameof(CommandFailed);

    /// <summary>The native helper is missing, crashed, or answered what cannot be understood.</summary>
    public const string HelperFailed = nameof(HelperFailed);

    /// <summary>The tree cannot be used.</summary>
    public const string TreeInvalid = nameof(TreeInvalid);

    /// <summary>An operation on a tree failed.</summary>
    public const string TreeFailed = nameof(TreeFailed);

    /// <summary>Reference and guest are the same, or otherwise cannot be unified.</summary>
    public const string ReferenceInvalid = nameof(ReferenceInvalid);

    /// <summary>A plan cannot be meant, or is for another store.</summary>
    public const string PlanInvalid = nameof(PlanInvalid);

    /// <summary>A path rule cannot be understood.</summary>
    public const string PathRuleInvalid = nameof(PathRuleInvalid);

    /// <summary>A guest has no such file.</summary>
    public const string FileNotFound = nameof(FileNotFound);

    /// <summary>Sealing the file makes no sense.</summary>
    public const string SealRefused = nameof(SealRefused);

    /// <summary>A line that a program in a guest wrote to its stderr; no failure.</summary>
    public const string GuestErrorOutput = nameof(GuestErrorOutput);
}
