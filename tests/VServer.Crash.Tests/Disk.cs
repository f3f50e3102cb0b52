namespace VServer.Crash.Tests;

/// <summary>
/// A file system of its own in a file in memory: its flushes wait for no disk that others use too, and copies of it can be taken while it
/// is in use.
/// </summary>
internal sealed class Disk : IDisposable
{
    private readonly string folder;

    /// <summary>Makes and mounts it.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="megabytes">Its size.</param>
    /// <param name="under">Folder that its file lies in; another disk's, where copies are to be taken by sharing blocks.</param>
    public Disk(string type, int megabytes, string under = "/dev/shm")
        : this($"truncate -s {megabytes}M image; mkfs -t {type} image >/dev/null 2>&1", "loop", under)
    {
    }

    private Disk(string make, string options, string under)
    {
        folder = Programs.Shell($"mktemp -d '{under}/vserver-crash-XXXXXX'").Trim();
        try
        {
            Programs.Shell($"mkdir disk; {make}; mount -o {options} image disk", folder);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => $"{folder}/disk";

    /// <summary>The file it is in.</summary>
    public string Image => $"{folder}/image";

    /// <summary>Mounts a copy of a disk's file, which is used up; the file system finds itself as after a power loss.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="type">The file system's type.</param>
    public static Disk After(string copy, string type) =>
        new($"mv '{copy}' image", type == "xfs" ? "loop,nouuid" : "loop", System.IO.Path.GetDirectoryName(copy)!); // Copies lie in a folder.

    /// <summary>The least megabytes that are a file system of this type with room for a store.</summary>
    public static int Least(string type) => type switch
    {
        "xfs" => 320,
        "btrfs" => 160,
        _ => 64,
    };

    /// <summary>Takes it away; at once where nobody uses it, else when the last that does is gone.</summary>
    public void Dispose() => Programs.Shell($"! mountpoint -q disk || umount disk 2>/dev/null || umount -l disk; cd /; rm -rf --one-file-system '{folder}'", folder);
}
