using System.Security.Cryptography;
using VServer.Linux.Interop;
using VServer.Linux.Trees;

namespace VServer.Linux.Storage;

/// <summary>Replaces a small file so that, whatever happens, either the old or the new one is there and complete.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary beside, flushes it, renames it over and flushes the folder, which is closed then.</summary>
    public static void Write(LinuxFolder folder, UnixPath name, uint permissions, ReadOnlySpan<byte> content)
    {
        using (folder)
        {
            RemoveLeftOvers(folder);
            using LinuxFile file = Create(folder, permissions, out UnixPath temporary);
            try
            {
                file.Write(content);
                WriteOut(folder, file);
                folder.Rename(temporary, name);
            }
            catch
            {
                RemoveIfThere(folder, temporary);
                throw;
            }

            folder.FlushNames();
        }
    }

    /// <summary>Removes what killed writers left.</summary>
    public static void RemoveLeftOvers(LinuxFolder folder)
    {
        foreach (UnixPath name in folder.ReadNames().Where(static name => name.Bytes.StartsWith("."u8) && name.Bytes.EndsWith(".tmp"u8)))
        {
            using FileDescriptor? held = FileHold.TryTake(folder, name);
            if (held is not null)
            {
                RemoveIfThere(folder, name);
            }
        }
    }

    // Where order is kept, the flush of the folder is enough for all that leads to the content: one commit and not two.
    private static void WriteOut(LinuxFolder folder, LinuxFile file)
    {
        if (OrderedJournal.Covers(folder))
        {
            SyncFileRange.Finish(file.Descriptor).ThrowIfFailed("sync_file_range", "write out", file.Path);
        }
        else
        {
            file.Flush();
        }
    }

    // Held for as long as it is a temporary: who else writes here would take it for a left-over.
    private static LinuxFile Create(LinuxFolder folder, uint permissions, out UnixPath temporary)
    {
        while (true)
        {
            temporary = UnixPath.Parse($".{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
            LinuxFile file = LinuxFile.From(folder.CreateFile(temporary, permissions));
            if (FileHold.TryTake(file.Descriptor, temporary) is not null)
            {
                return file;
            }
        }
    }

    private static void RemoveIfThere(LinuxFolder folder, UnixPath temporary)
    {
        if (folder.Find(temporary) is not null)
        {
            folder.Unlink(temporary);
        }
    }
}
