namespace VServer.Engine;

/// <summary>
/// PSModulePath as the Unix build has it. The Windows build lower-cases the engine's own folder,
/// so it is given the whole value.
/// </summary>
internal static class ModulePath
{
    public static string Build(string? inherited)
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? "";
        string[] standard =
        [
            Path.Combine(home, ".local/share/powershell/Modules"),
            "/usr/local/share/powershell/Modules",
            Path.Combine(AppContext.BaseDirectory, "Modules"),
        ];
        var given = (inherited ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return string.Join(':', given.Concat(standard).Distinct(StringComparer.Ordinal));
    }
}
