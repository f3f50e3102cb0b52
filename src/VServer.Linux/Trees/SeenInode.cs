using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>What the kernel said of an inode when it was last asked, kept so that it is not asked again for what cannot have changed.</summary>
/// <param name="Facts">What trees go by.</param>
/// <param name="Accessed">When it was last read.</param>
internal readonly record struct SeenInode(FileFacts Facts, FileTime Accessed)
{
    /// <summary>Asks about what is open.</summary>
    public static SeenInode Ask(FileDescriptor descriptor, UnixPath path)
    {
        TryAsk(descriptor, out SeenInode seen).ThrowIfFailed("statx", "ask about", path);
        return seen;
    }

    /// <summary>The same for whoever has no path at hand.</summary>
    public static NativeResult TryAsk(FileDescriptor descriptor, out SeenInode seen)
    {
        NativeResult result = Statx.Get(descriptor, out StatxBuffer buffer);
        seen = new SeenInode(FactsReader.Read(buffer), new FileTime(buffer.Accessed.Seconds, buffer.Accessed.Nanoseconds));
        return result;
    }
}
