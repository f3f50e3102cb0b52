using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Lets one thread at a time work on the names of one inode, which may be in several folders: else one thread's seal stops the other
/// between its link and its rename, and the other's new ctime looks like a change made from outside.
/// </summary>
internal sealed class InodeGates
{
    private readonly Lock[] gates = [.. Enumerable.Range(0, 1024).Select(static _ => new Lock())];

    /// <summary>Waits for the inode; at once when it has one name only.</summary>
    public Pass Enter(in FileFacts facts)
    {
        Lock? gate = facts.LinkCount > 1 ? gates[facts.Inode % (ulong)gates.Length] : null;
        gate?.Enter();
        return new Pass(gate);
    }

    /// <summary>The thread's turn, until it is disposed of by the same thread.</summary>
    internal readonly struct Pass(Lock? gate) : IDisposable
    {
        /// <summary>True when others had to wait, and the facts may be old.</summary>
        public bool IsHeld => gate is not null;

        /// <inheritdoc/>
        public void Dispose() => gate?.Exit();
    }
}
