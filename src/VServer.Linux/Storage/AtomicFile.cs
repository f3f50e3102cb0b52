using System.Security.Cryptography;
using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Storage;

/// <summary>Replaces a small file so that, whatever happens, either the old or the new one is there and complete.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary beside, flushes it, renames it over and flushes the folder, which is closed then.</summary>
    public static void Write(LinuxFolder folder, UnixPath name, uint permissions, ReadOnlySpan<byte> content)
    {
        using (folder)
        {
            UnixPath temporary = UnixPath.Parse($".{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
            try
            {
                Fill(folder, temporary, permissions, content);
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

    private static void Fill(LinuxFolder folder, UnixPath temporary, uint permissions, ReadOnlySpan<byte> content)
    {
        using IFile file = folder.CreateFile(temporary, permissions);
        file.Write(content);
        file.Flush();
    }

    private static void RemoveIfThere(LinuxFolder folder, UnixPath temporary)
    {
        if (folder.Find(temporary) is not null)
        {
            folder.Unlink(temporary);
        }
    }
}
