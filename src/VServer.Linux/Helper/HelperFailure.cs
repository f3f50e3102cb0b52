using System.Runtime.InteropServices;
using System.Text;
using VServer.Errors;
using VServer.Linux.Interop;

namespace VServer.Linux.Helper;

/// <summary>The one place where an error of the helper (docs/design/protocol.md) gets its public id and its sentence.</summary>
internal static class HelperFailure
{
    /// <summary>Tells a failure in the words of the module.</summary>
    public static Exception From(HelperEvent failure, HelperRequest request)
    {
        if (failure.Id == "Cancelled")
        {
            return new OperationCanceledException($"Cancelled: {Deed(request)}.");
        }

        (string id, ErrorKind kind, string advice) = Classify(failure, request);
        string what = Decode(failure.Target);
        string detail = failure.Detail.Length > 0 ? $", {Decode(failure.Detail)}" : "";
        string reason = failure.Errno > 0 ? Marshal.GetPInvokeErrorMessage(failure.Errno) : "refused";
        string step = what.Length > 0 ? $"{failure.Call} '{what}'" : failure.Call;
        return new VServerException(
            id,
            kind,
            request.Target,
            $"Cannot {Deed(request)}: {Explain(failure.Id, what)} {reason} ({failure.Id}, {step}, errno {failure.Errno}{detail}). {advice}");
    }

    /// <summary>Tells that the helper died without its last word.</summary>
    public static VServerException Crashed(HelperRequest request, int status) => new(
        ErrorIds.HelperFailed,
        ErrorKind.InvalidOperation,
        request.Target,
        $"Cannot {Deed(request)}: the helper ended without saying how (wait status 0x{status:x}). Repeat the command; if it happens again, report it with what the kernel's log (dmesg) says.");

    /// <summary>What was tried, to be read after "Cannot".</summary>
    public static string Deed(HelperRequest request) => request.Verb switch
    {
        "start" => $"start the guest '{request.Target}'",
        "exec" => $"run the program in the guest '{request.Target}'",
        "stop" => $"stop the guest '{request.Target}'",
        "suspend" => $"suspend the guest '{request.Target}'",
        "resume" => $"resume the guest '{request.Target}'",
        "wait" => $"wait for the guest '{request.Target}'",
        "limit" => $"limit the guest '{request.Target}'",
        "settle" => $"settle what the guest '{request.Target}' has changed",
        "inspect" => $"read the package database of '{request.Target}'",
        _ => $"ask what the host can do at '{request.Target}'",
    };

    /// <summary>The report has one character for each byte of a path or message.</summary>
    private static string Decode(string text) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(text));

    private static (string Id, ErrorKind Kind, string Advice) Classify(HelperEvent failure, HelperRequest request)
    {
        ErrorKind kind = ErrnoTable.GetKind(failure.Errno);
        return (failure.Id, kind) switch
        {
            // The kernel's way of saying that a limit of namespaces is reached.
            ("NamespaceFailed" or "UserNamespaceFailed", ErrorKind.NoSpace) => (ErrorIds.HostUnsupported, ErrorKind.Unsupported, "Raise user.max_user_namespaces with sysctl (each kind of namespace has such a limit), or let the guest run without one: Set-VServer -Privileged."),
            (_, ErrorKind.NoSpace) => (ErrorIds.StoreFull, kind, ErrnoTable.GetAdvice(kind)),
            (_, ErrorKind.ReadOnly) => (ErrorIds.StoreReadOnly, kind, ErrnoTable.GetAdvice(kind)),
            ("AlreadyRunning", _) => (ErrorIds.GuestRunning, ErrorKind.InvalidOperation, "Stop it with Stop-VServer first."),
            ("Busy", _) => (ErrorIds.GuestBusy, ErrorKind.Busy, "Wait until the other command is done, then repeat this one."),
            ("IdsTaken", _) => (ErrorIds.GuestIdsTaken, ErrorKind.Busy, "Stop the guest that has them, or change IdBase in the guest's configuration."),
            ("NotRunning", _) => (ErrorIds.GuestNotRunning, ErrorKind.InvalidOperation, "Start it with Start-VServer first."),
            ("Suspended", _) => (ErrorIds.GuestSuspended, ErrorKind.InvalidOperation, "Let it go on with Resume-VServer first."),
            ("CgroupMissing", _) => (ErrorIds.HostUnsupported, ErrorKind.Unsupported, "Mount cgroup version 2 at /sys/fs/cgroup, or beside version 1 at /sys/fs/cgroup/unified, or give it another init style."),
            ("FreezerMissing", _) => (ErrorIds.HostUnsupported, ErrorKind.Unsupported, "Mount cgroup version 2 (Linux 5.2 or later) at /sys/fs/cgroup, or the freezer of version 1 at /sys/fs/cgroup/freezer."),
            ("LimitMissing", _) => (ErrorIds.LimitUnsupported, ErrorKind.Unsupported, $"Take the limit away with Set-VServer {request.Target}, or let the host have what is missing; Test-VServerHost tells what it has."),
            ("LimitUncounted", _) => (ErrorIds.LimitRefused, ErrorKind.InvalidOperation, "Nothing was changed. Stop the guest, set the limit, and start it again."),
            ("LimitFailed", _) => (ErrorIds.LimitRefused, kind, "Nothing was changed. A guest that has more memory than the new limit and cannot give it back has to be stopped first."),
            ("ScriptFailed", _) => (ErrorIds.StartFailed, ErrorKind.InvalidOperation, $"What it wrote is in the guest's log: Get-VServerLog {request.Target}."),
            ("NotRoot", _) => (ErrorIds.NotRoot, ErrorKind.PermissionDenied, "Run PowerShell as root."),
            ("TreeMissing", _) => (ErrorIds.TreeInvalid, kind, "Look whether the guest's tree is where it should be."),
            ("StoreSplit", _) => (ErrorIds.FileSystemsDiffer, kind, "Keep tree and delta on one file system and mount."),
            ("MountPointUnsafe", _) => (ErrorIds.TreeInvalid, ErrorKind.InvalidData, "Make dev, proc and sys in the guest's tree plain folders, or remove them."),
            ("MountSourceMissing", _) => (ErrorIds.MountFailed, kind, "Make it, mount what holds it, or take it out with Set-VServer -Mount."),
            ("MountSourceUnsafe", _) => (ErrorIds.MountFailed, ErrorKind.InvalidData, "Name a folder or file by its path without links (realpath shows it), with Set-VServer -Mount."),
            ("MountTargetUnsafe", _) => (ErrorIds.MountFailed, ErrorKind.InvalidData, "Choose another target with Set-VServer -Mount, or put right what is there in the guest's tree."),
            ("MountUnmapped", _) => (ErrorIds.HostUnsupported, ErrorKind.Unsupported, "Move it to a file system that can (ext4, xfs, btrfs, tmpfs), or mount it with NoIdMap, which shows owners by the host's ids."),
            ("StdioUnsafe", _) => (ErrorIds.CommandFailed, ErrorKind.InvalidArgument, "Redirect it from or to a file or a pipe."),
            ("UserNotFound" or "ProgramNotFound", _) => (ErrorIds.CommandFailed, ErrorKind.NotFound, "Check the spelling, and what the guest has installed."),
            ("ProgramFailed" or "FolderFailed" or "TerminalFailed" or "UserFailed", _) => (ErrorIds.CommandFailed, kind, ErrnoTable.GetAdvice(kind)),
            ("SettleFailed" or "TooDeep", _) => (ErrorIds.SettleFailed, kind, "What the guest has changed is kept beside its tree; remove the obstacle, then start and stop the guest."),
            ("DeltaUnsettled", _) => (ErrorIds.SettleFailed, ErrorKind.InvalidOperation, "Start and stop the guest without -Discard first, which settles its changes."),
            ("IdMapFailed", _) => (ErrorIds.HostUnsupported, ErrorKind.Unsupported, "Keep the store on a file system that maps owners (ext4, xfs, btrfs, tmpfs), or let the guest run without ids of its own: Set-VServer -Privileged."),
            ("OverlayFailed", _) => (ErrorIds.HostUnsupported, ErrorKind.Unsupported, "Keep the store on a file system that can be an upper layer (ext4, xfs, btrfs, tmpfs; not an overlay or NFS), and load the module with modprobe overlay. Test-VServerHost tells what works."),
            ("UserNamespaceFailed" or "NamespaceFailed", _) =>
                (ErrorIds.HostUnsupported, ErrorKind.Unsupported, "Test-VServerHost tells what this kernel and file system can do."),
            ("BadRequest" or "SealFailed" or "Internal" or "MonitorFailed", _) => (ErrorIds.HelperFailed, kind, "Repeat the command; if it fails again, report it."),
            _ => (Default(request.Verb), kind, ErrnoTable.GetAdvice(kind)),
        };
    }

    private static string Default(string verb) => verb switch
    {
        "start" => ErrorIds.StartFailed,
        "exec" => ErrorIds.CommandFailed,
        "stop" => ErrorIds.StopFailed,
        "settle" => ErrorIds.SettleFailed,
        "suspend" or "resume" => ErrorIds.SuspendFailed,
        _ => ErrorIds.HelperFailed,
    };

    private static string Explain(string id, string what) => id switch
    {
        "AlreadyRunning" => "it runs already.",
        "Busy" => "another command works on it.",
        "IdsTaken" => $"the host ids from {what} on, which are its users', are those of another running guest.",
        "Suspended" => "it is suspended.",
        "CgroupMissing" => "systemd needs a cgroup of version 2:",
        "FreezerMissing" => "the host has no freezer for it:",
        "LimitMissing" => $"this host cannot hold it to its {what}:",
        "LimitUncounted" => "the memory that it has taken since its start was not counted:",
        "LimitFailed" => $"the kernel refused its {what}:",
        "FreezeFailed" => "not all of it came to rest:",
        "ScriptFailed" => $"its start script '{what}' did not end well:",
        "NotRunning" => "it does not run.",
        "TreeMissing" => "its tree cannot be opened:",
        "StoreSplit" => "its tree and its delta are not on one mount:",
        "MountPointUnsafe" => $"'/{what}' in its tree is a link or a file where a folder must be:",
        "MountSourceMissing" => $"'{what}', which is to be mounted in it, cannot be opened on the host:",
        "MountSourceUnsafe" => $"'{what}' cannot be mounted in it:",
        "MountTargetUnsafe" => $"nothing can be mounted at its '{what}':",
        "MountUnmapped" => $"the file system of '{what}' cannot map owners, which would be nobody in the guest:",
        "StdioUnsafe" => $"its {what} would be a folder of the host, from which a guest could walk up to the host's root:",
        "UserNotFound" => $"it has no user '{what}':",
        "ProgramNotFound" => $"it has no program '{what}':",
        "ProgramFailed" => $"the program '{what}' could not be started:",
        "FolderFailed" => $"the folder '{what}' could not be entered:",
        "TooDeep" => "folders are nested too deeply in what it has changed:",
        "DeltaUnsettled" => "it has changes that are not settled yet, which -Discard would lose:",
        "IdMapFailed" => "owners cannot be mapped on this file system:",
        "OverlayFailed" => "its private view of the tree could not be mounted:",
        "UserNamespaceFailed" or "NamespaceFailed" => "the kernel gave it no namespaces:",
        _ => "a step failed:",
    };
}
