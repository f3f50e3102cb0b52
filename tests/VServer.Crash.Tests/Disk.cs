namespace VServer.Crash.Tests;

/// <summary>
/// A file system of its own in a file in memory: its flushes wait for no disk that others use too, and copies of it can be taken while it
/// is in use.
/// </summary>
internal sealed class Disk : IDisposable
{
    private readonly string folder = Programs.Shell("mktemp -d /dev/shm/vserver-crash-XXXXXX").Trim();

    /// <summary>Makes and mounts it.</summary>
    public Disk(string type, int megabytes, string options = "rw")
    {
        try
        {
            Programs.Shell($"mkdir disk; truncate -s {megabytes}M image; mkfs -t {type} image >/dev/null 2>&1; mount -o loop,{options} image disk", folder);
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

    public void Dispose() => Programs.Shell($"! mountpoint -q disk || umount disk; rm -rf '{folder}'", folder);
}
