using VServer.Guests;
using VServer.Linux.Helper;
using VServer.Linux.Network;
using VServer.Linux.Storage;
using VServer.Linux.Trees;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Hosting;

/// <summary>The composition root: the one place that knows which classes stand behind the ports.</summary>
internal sealed class HostParts
{
    private static readonly string Helper = FindHelper();

    /// <summary>Makes the parts.</summary>
    /// <param name="stopping">Ends what the parts have begun by themselves.</param>
    public HostParts(CancellationToken stopping) => Packages = new PackageDatabaseReader(new HelperRpm(Helper, stopping));

    /// <summary>The trees of this host.</summary>
    public ITreeHost Trees { get; } = new LinuxTreeHost();

    /// <summary>What guests have written down in their deltas.</summary>
    public IDeltaReader Deltas { get; } = new OverlayReader();

    /// <summary>The host's side of stores.</summary>
    public IStoreHost Stores { get; } = new LinuxStoreHost();

    /// <summary>Guests, by the native helper that lies beside the module.</summary>
    public IGuestHost Guests { get; } = new HelperGuestHost(Helper);

    /// <summary>Networks on the host.</summary>
    public INetworkHost Networks { get; } = new LinuxNetworkHost();

    /// <summary>What guests write to their consoles.</summary>
    public IGuestLog Log { get; } = new ConsoleLog();

    /// <summary>Readers of package databases.</summary>
    public IPackageDatabaseReader Packages { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>Opens a store that exists.</summary>
    /// <exception cref="Errors.VServerException">The store cannot be used.</exception>
    public StoreSession Open(string path) => new(Store.Open(path, Stores), this);

    /// <summary>Opens a store, and makes it first when it is missing.</summary>
    /// <exception cref="Errors.VServerException">The store cannot be used or made.</exception>
    public StoreSession OpenOrCreate(string path) => new(Store.OpenOrCreate(path, Stores), this);

    // A package manager unpacks without modes, so what it installed is made a program by the first root who uses it.
    private static string FindHelper()
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        string helper = Path.Combine(Path.GetDirectoryName(typeof(HostParts).Assembly.Location) ?? "", "native", "vserver-helper");
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists(helper) && File.GetUnixFileMode(helper) is var mode && !mode.HasFlag(Execute))
        {
            File.SetUnixFileMode(helper, mode | Execute);
        }

        return helper;
    }
}
