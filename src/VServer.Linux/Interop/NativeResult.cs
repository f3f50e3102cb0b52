using System.Runtime.InteropServices;
using VServer.Errors;

namespace VServer.Linux.Interop;

/// <summary>What a system call returned: its value, or the error number read at once after it.</summary>
/// <param name="Value">What it returned; -1 when it failed.</param>
/// <param name="Error">The raw errno, or 0.</param>
internal readonly record struct NativeResult(nint Value, int Error)
{
    /// <summary>True when the call did what it should.</summary>
    public bool Succeeded => Error == 0;

    /// <summary>True when the call was cut short by a signal and did nothing.</summary>
    public bool Interrupted => Error == Errno.EINTR;

    /// <summary>Takes a call's return value; to be called before anything else can touch errno.</summary>
    public static NativeResult From(nint value) => new(value, value == -1 ? Marshal.GetLastPInvokeError() : 0);

    /// <summary>Turns a failure into an exception that says what was tried on what, why it failed and what to do.</summary>
    /// <param name="operation">The system call.</param>
    /// <param name="attempt">What was tried, to be read after "Cannot".</param>
    /// <param name="path">What it was tried on.</param>
    public TreeException Failure(string operation, string attempt, UnixPath path) => Failure(operation, attempt, path, ErrnoTable.GetKind(Error));

    /// <summary>The same where the error number means something else than usual.</summary>
    public TreeException Failure(string operation, string attempt, UnixPath path, ErrorKind kind)
    {
        string reason = Marshal.GetPInvokeErrorMessage(Error);
        string message = $"Cannot {attempt} '{path}': {reason} ({operation}, errno {Error}). {ErrnoTable.GetAdvice(kind)}";
        return new TreeException(kind, Error, operation, path, message);
    }

    /// <summary>Does nothing when the call succeeded.</summary>
    /// <exception cref="TreeException">It failed.</exception>
    public void ThrowIfFailed(string operation, string attempt, UnixPath path)
    {
        if (!Succeeded)
        {
            throw Failure(operation, attempt, path);
        }
    }
}
