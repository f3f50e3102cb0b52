namespace VServer.Engine;

/// <summary>The folders in which the Unix build looks for modules.</summary>
public static class ModuleFolders
{
    /// <summary>The user's own; null without a home.</summary>
    public static string? Personal()
    {
        var home = Environment.GetEnvironmentVariable("HOME");
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME") ?? (home is null ? null : Path.Combine(home, ".local/share"));
        return data is null ? null : Path.Combine(data, "powershell/Modules");
    }

    /// <summary>Those of every user.</summary>
    public static string Shared() => "/usr/local/share/powershell/Modules";

    /// <summary>Those that come with the engine.</summary>
    public static string Own() => Path.Combine(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), "Modules");

    /// <summary>Drops the empty entries that come from settings which only the registry has.</summary>
    public static string? WithoutEmpty(string? path) =>
        path is null ? null : string.Join(':', path.Split(':', StringSplitOptions.RemoveEmptyEntries));
}
