using System.Management.Automation;
using VServer.Errors;

namespace VServer.Hosting;

/// <summary>The one place where a failure of the module becomes an error record.</summary>
internal static class ErrorRecords
{
    /// <summary>True for failures that have an id or a kind of their own; others are mistakes of ours and must be seen whole.</summary>
    public static bool CanReport(Exception failure) => failure is VServerException or TreeException;

    /// <summary>Makes the record.</summary>
    /// <param name="failure">One that <see cref="CanReport"/> accepts.</param>
    /// <param name="target">What the user named, for failures that do not know it.</param>
    public static ErrorRecord From(Exception failure, object? target = null) => failure switch
    {
        VServerException known => new ErrorRecord(known, known.ErrorId, CategoryOf(known.Kind), known.Target ?? target),
        TreeException tree => new ErrorRecord(tree, ErrorIds.TreeFailed, CategoryOf(tree.Kind), target ?? tree.Path?.ToString()),
        _ => throw new ArgumentException($"No error id is known for {failure.GetType().Name}.", nameof(failure), failure),
    };

    /// <summary>Makes the record of a line that a program in a guest wrote to its stderr.</summary>
    public static ErrorRecord FromLine(string line, string guest)
    {
        ErrorRecord record = new(new RemoteException(line), ErrorIds.GuestErrorOutput, ErrorCategory.FromStdErr, guest);

        // The type name has a view of its own, which shows the line and nothing around it.
        PSObject.AsPSObject(record).TypeNames.Insert(0, "VServer.GuestErrorOutput");
        return record;
    }

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Busy or ErrorKind.Changed => ErrorCategory.ResourceBusy,
        ErrorKind.TimedOut => ErrorCategory.OperationTimeout,
        ErrorKind.Unsupported => ErrorCategory.NotImplemented,
        ErrorKind.NoSpace => ErrorCategory.LimitsExceeded,
        ErrorKind.TooManyLinks => ErrorCategory.LimitsExceeded,
        ErrorKind.ReadOnly => ErrorCategory.WriteError,
        ErrorKind.CrossesFileSystem => ErrorCategory.InvalidOperation,
        ErrorKind.InputOutput => ErrorCategory.DeviceError,
        _ => ErrorCategory.NotSpecified,
    };
}
