namespace VServer.Linux.Network;

/// <summary>What the kernel keeps of each interface under <c>/proc/sys/net</c>, which always shows the network namespace of who looks.</summary>
internal static class InterfaceSettings
{
    /// <summary>True when there is such an interface.</summary>
    public static bool Exists(string name) => Directory.Exists($"/proc/sys/net/ipv4/conf/{name}");

    /// <summary>All interfaces.</summary>
    public static IEnumerable<string> Interfaces() =>
        Directory.EnumerateDirectories("/proc/sys/net/ipv4/conf").Select(static folder => Path.GetFileName(folder)).Where(static name => name is not ("all" or "default"));

    /// <summary>True when the kernel has such a setting for an interface, of <c>ipv4</c> or <c>ipv6</c>.</summary>
    public static bool Has(string family, string name, string setting) => File.Exists(At(family, name, setting));

    /// <summary>True when a setting is not 0.</summary>
    public static bool IsOn(string family, string name, string setting) => Has(family, name, setting) && File.ReadAllText(At(family, name, setting)).Trim() != "0";

    /// <summary>Sets one where the kernel has it; a host without IPv6 has none of those.</summary>
    public static void Set(string family, string name, string setting, bool on)
    {
        if (Has(family, name, setting))
        {
            File.WriteAllText(At(family, name, setting), on ? "1" : "0");
        }
    }

    private static string At(string family, string name, string setting) => $"/proc/sys/net/{family}/conf/{name}/{setting}";
}
