using VServer.Linux.Tests.Trees;

namespace VServer.Linux.Tests.Helper;

/// <summary>A new folder with something mounted on it.</summary>
internal sealed class MountedFolder : IDisposable
{
    /// <summary>Makes and mounts it.</summary>
    /// <param name="path">Where.</param>
    /// <param name="options">What mount is told before the path.</param>
    public MountedFolder(string path, string options)
    {
        Path = path;
        Shell.Run($"mkdir '{path}' && mount {options} '{path}'");
    }

    public string Path { get; }

    public void Dispose() => Shell.Run($"umount '{Path}'");
}
