using VServer.Linux.Interop;
using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Storage;

/// <summary>A journal: opened for appending, so that one write is one record at the end, and locked, so that others see that its run is alive.</summary>
internal sealed class JournalFile : IJournalFile
{
    private readonly FileDescriptor descriptor;
    private readonly UnixPath name;

    private JournalFile(FileDescriptor descriptor, UnixPath name)
    {
        this.descriptor = descriptor;
        this.name = name;
    }

    /// <summary>Opens it, made when missing, and makes its name survive a power loss; closes the folder.</summary>
    public static JournalFile Open(LinuxFolder folder, UnixPath name, uint permissions)
    {
        using (folder)
        {
            JournalFile journal = new(Hold(folder, name, permissions), name);
            try
            {
                folder.FlushNames();
                return journal;
            }
            catch
            {
                journal.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> record)
    {
        while (!record.IsEmpty)
        {
            NativeResult written = Interop.Write.Bytes(descriptor, record);
            written.ThrowIfFailed("write", "write to the journal", name);
            record = record[(int)written.Value..];
        }
    }

    /// <inheritdoc/>
    public void Flush() => FSync.Flush(descriptor).ThrowIfFailed("fsync", "flush the journal", name);

    /// <inheritdoc/>
    public void Dispose() => descriptor.Dispose();

    // Again when whoever recovers has just taken an empty one away.
    private static FileDescriptor Hold(LinuxFolder folder, UnixPath name, uint permissions)
    {
        const ulong Flags = OpenFlags.ReadWrite | OpenFlags.Create | OpenFlags.Append | OpenFlags.NoControllingTerminal | OpenFlags.CloseOnExec;
        NativeResult opened = OpenAt2.Open(folder.Descriptor, name.Terminated, new OpenHow(Flags, permissions, ResolveFlags.InsideTree));
        opened.ThrowIfFailed("openat2", "open the journal", name);
        return FileHold.TryOwn(opened.Value, name) ?? Hold(folder, name, permissions);
    }
}
