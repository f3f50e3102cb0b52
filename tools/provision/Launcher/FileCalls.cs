using System.Runtime.InteropServices;

namespace VServer.Engine;

/// <summary>What the engine asks about paths, files and links.</summary>
public static partial class FileCalls
{
    private const int ExecuteAccess = 1;

    /// <summary>Decides every relative path: only what starts at a root is absolute.</summary>
    public static bool IsAbsolutePath(string path) => path is ['/' or '\\', ..];

    /// <summary>One drive holds everything; mounts are folders in it.</summary>
    public static DriveInfo[] RootDrive() => [new DriveInfo("/")];

    /// <summary>True when the calling user may execute the file.</summary>
    public static bool IsExecutable(string path) => Access(path, ExecuteAccess) == 0;

    /// <summary>The folder for the engine's cache or for the user's profile, as the Unix build chooses them.</summary>
    public static string UserFolder(Environment.SpecialFolder folder, string child)
    {
        var (variable, fallback) = folder == Environment.SpecialFolder.LocalApplicationData
            ? ("XDG_CACHE_HOME", ".cache")
            : ("XDG_CONFIG_HOME", ".config");
        var home = Environment.GetEnvironmentVariable("HOME");
        var parent = Environment.GetEnvironmentVariable(variable)
            ?? (home is null ? null : Path.Combine(home, fallback));
        return parent is null ? "" : Path.Combine(parent, "powershell");
    }

    [LibraryImport("libc", EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
