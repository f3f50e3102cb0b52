namespace VServer.Linux.Trees;

/// <summary>
/// Tells whether a file system's journal keeps the order of all changes of names, links and metadata, and content that was waited for is
/// reached by what leads to it: ext4 with a journal, in its ordinary mode. There the wait for a file's pages is over only when its blocks are
/// no longer marked unwritten, and that is in the journal before whatever is changed later.
/// </summary>
internal static class OrderedJournal
{
    /// <summary>True when it does, as the kernel says itself; false where it says nothing.</summary>
    public static bool Covers(LinuxFolder folder)
    {
        try
        {
            string? name = File.ResolveLinkTarget($"/sys/dev/block/{FactsReader.ShowDevice(folder.Facts.Device)}", returnFinalTarget: false)?.Name;
            return File.ReadLines($"/proc/fs/ext4/{name}/options").Contains("data=ordered");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
