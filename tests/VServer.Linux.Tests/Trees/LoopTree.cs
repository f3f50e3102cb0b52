using VServer.Linux.Trees;
using VServer.Ports;

namespace VServer.Linux.Tests.Trees;

/// <summary>A file system of a wanted type in a file, mounted and opened as a tree.</summary>
internal sealed class LoopTree : IDisposable
{
    private readonly string folder = Shell.Run("mktemp -d /var/tmp/vserver-loop-XXXXXX");

    /// <summary>Makes the file system.</summary>
    /// <param name="type">What mkfs and mount call it.</param>
    /// <param name="megabytes">How large it is.</param>
    /// <param name="content">A script that fills the mounted folder.</param>
    /// <param name="beforeUse">A script that changes the unmounted image.</param>
    /// <param name="options">Mount options.</param>
    public LoopTree(string type, int megabytes, string content = "true", string beforeUse = "true", string options = "rw")
    {
        try
        {
            Shell.Run($"mkdir mnt; truncate -s {megabytes}M image; mkfs -t {type} image >/dev/null 2>&1; mount -o loop image mnt; (cd mnt; {content}); umount mnt; {beforeUse}; mount -o loop,{options} image mnt", folder);
            Root = new LinuxTreeHost().OpenRoot(Path);
        }
        catch
        {
            Clean();
            throw;
        }
    }

    public string Path => $"{folder}/mnt";

    public IFolder Root { get; }

    public string Run(string script) => Shell.Run(script, Path);

    public IFile Open(string name) => Root.OpenFile(UnixPath.Parse(name));

    public void Dispose()
    {
        Root.Dispose();
        Clean();
    }

    private void Clean() => Shell.Run("! mountpoint -q mnt || umount mnt; rm -rf \"$PWD\"", folder);
}
