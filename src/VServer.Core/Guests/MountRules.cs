using VServer.Errors;

namespace VServer.Guests;

/// <summary>Which mounts a guest may have, and in which order they are made.</summary>
internal static class MountRules
{
    private const int Most = 64;

    // What the kernel gives, of the host and of the guest.
    private static readonly string[] Kernel = ["/proc", "/sys", "/dev"];

    // The monitors' folder: who writes there commands guests.
    private const string RunFolder = "/run/vserver";

    /// <summary>The mounts with plain paths, those above others first.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.MountInvalid"/>.</exception>
    public static IReadOnlyList<GuestMount> Arrange(Store store, IReadOnlyList<GuestMount> mounts)
    {
        if (mounts.Count > Most)
        {
            throw Refuse(mounts[Most], $"a guest has at most {Most} mounts. Bind a folder that holds several of them.");
        }

        GuestMount[] plain = [.. mounts.Select(Tidy)];
        foreach (GuestMount mount in plain)
        {
            CheckTarget(mount);
            CheckOptions(mount);
            CheckSource(store, mount);
        }

        GuestMount? twice = plain.GroupBy(static mount => mount.Target, StringComparer.Ordinal).FirstOrDefault(static group => group.Skip(1).Any())?.Last();
        return twice is null
            ? [.. plain.OrderBy(static mount => mount.Target.Count(static letter => letter == '/'))]
            : throw Refuse(twice, $"two mounts have the target '{twice.Target}'. Leave one of them out.");
    }

    private static GuestMount Tidy(GuestMount mount) => mount with
    {
        Source = mount.Source is null ? null : Plain(mount, mount.Source, "source"),
        Target = Plain(mount, mount.Target, "target"),
    };

    private static string Plain(GuestMount mount, string path, string what)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return path.StartsWith('/') && !path.Contains('\0', StringComparison.Ordinal) && !parts.Any(static part => part is "." or "..")
            ? "/" + string.Join('/', parts)
            : throw Refuse(mount, $"its {what} '{path}' is not an absolute path without '.' and '..'. Write it like /var/www.");
    }

    private static void CheckTarget(GuestMount mount)
    {
        if (mount.Target == "/")
        {
            throw Refuse(mount, "its target is the guest's root itself. Name a folder or file in it.");
        }

        if (Kernel.FirstOrDefault(folder => IsWithin(mount.Target, folder)) is { } kernel)
        {
            throw Refuse(mount, $"its target lies in '{kernel}', which the guest gets from the kernel. Choose another.");
        }
    }

    private static void CheckOptions(GuestMount mount)
    {
        bool isMemory = mount.Type == MountType.Tmpfs;
        string? why = (isMemory, mount) switch
        {
            (true, { Source: not null }) => "memory has no source. Leave Source out, or make it a Bind",
            (true, { NoIdMap: true }) => "memory has no owners of the host to be mapped. Leave NoIdMap out",
            (true, { Size: <= 0 }) => "its size is no positive number of bytes. Give it one like 64MB",
            (true, { Mode: { } mode }) when mode.Length is 0 or > 4 || !mode.All(static digit => digit is >= '0' and <= '7') =>
                $"its mode '{mode}' is not of one to four octal digits. Give it one like 1777",
            (false, { Source: null }) => "it has no source. Name a folder or file of the host, or make it a Tmpfs",
            (false, { Size: not null } or { Mode: not null }) => "only memory has a size and a mode. Leave them out, or make it a Tmpfs",
            _ => null,
        };
        if (why is not null)
        {
            throw Refuse(mount, $"{why}.");
        }
    }

    private static void CheckSource(Store store, GuestMount mount)
    {
        if (mount.Source is not { } source)
        {
            return;
        }

        if (source == "/" || Kernel.Any(folder => IsWithin(source, folder)))
        {
            throw Refuse(mount, $"'{source}' would hand the host itself to the guest. Name a folder that holds just what the guest needs.");
        }

        if (IsWithin(source, RunFolder) || IsWithin(RunFolder, source))
        {
            throw Refuse(mount, $"'{source}' holds what runs of all guests. Name another folder.");
        }

        if (Touches(store, source))
        {
            throw Refuse(mount, $"'{source}' holds the store '{store.Path}', or lies in it: guests would reach each other's trees. Move what is to be shared out of the store.");
        }
    }

    // By what the folders are, for a store may be reached through links and by several mounts.
    private static bool Touches(Store store, string source)
    {
        if (IsWithin(source, store.Path) || IsWithin(store.Path, source))
        {
            return true;
        }

        (ulong, ulong) own = store.Host.Identify(store.Path);
        (ulong, ulong)[] above = store.Host.FolderExists(source) ? [.. Above(store)] : [];
        return Ancestors(source).Where(store.Host.FolderExists).Select(store.Host.Identify).Contains(own)
            || (above.Length > 0 && above.Contains(store.Host.Identify(source)));
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (string? folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }

    private static IEnumerable<(ulong Device, ulong Inode)> Above(Store store)
    {
        (ulong, ulong) top = store.Host.Identify("/");
        string path = store.Path;
        while (store.Host.Identify(path += "/..") is var folder && folder != top)
        {
            yield return folder;
        }
    }

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) && (path.Length == folder.Length || path[folder.Length] == '/');

    private static VServerException Refuse(GuestMount mount, string why) => new(
        ErrorIds.MountInvalid,
        ErrorKind.InvalidArgument,
        mount.ToString(),
        $"The mount '{mount}' cannot be: {why}");
}
