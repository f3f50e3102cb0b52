using System.Globalization;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>What limits there can be, at all and on this host, which is asked once for many guests.</summary>
internal sealed class LimitRules(Store store, IGuestHost host)
{
    /// <summary>Below it nothing can be started; who asks for less has forgotten the unit.</summary>
    private const long LeastMemory = 1024 * 1024;

    /// <summary>A millisecond of the kernel's tenth of a second.</summary>
    private const double LeastCpu = 0.01;

    private IReadOnlyList<HostFeature>? features;

    /// <summary>Fails when a limit makes no sense, or the host could not hold the guest to it.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.LimitInvalid"/>, <see cref="ErrorIds.LimitUnsupported"/>.</exception>
    public void Check(string guest, GuestSettings settings, CancellationToken cancellation)
    {
        CheckRange(guest, settings.MemoryMax is > 0 and < LeastMemory, "MemoryMax", $"{settings.MemoryMax} bytes are less than a guest can run in; give 1 MiB or more, such as 512MB, or 0 for no limit");
        CheckRange(guest, settings.CpuMax is > 0 and < LeastCpu, "CpuMax", $"{settings.CpuMax?.ToString(CultureInfo.InvariantCulture)} processors are less than the kernel can measure out; give 0.01 or more, or 0 for no limit");
        foreach ((_, string name, string parameter) in Limits(settings).Where(static limit => limit.Asked))
        {
            // What is offered does not depend on the folder, and a store that is yet to be made has none.
            features ??= host.Probe(store.Path, cancellation);
            if (features.FirstOrDefault(feature => feature.Name == name) is { Available: false } missing)
            {
                throw new VServerException(
                    ErrorIds.LimitUnsupported,
                    ErrorKind.Unsupported,
                    guest,
                    $"Cannot limit the guest '{guest}' by -{parameter}: this host cannot hold it to that. {missing.Detail}");
            }
        }
    }

    private static (bool Asked, string Feature, string Parameter)[] Limits(GuestSettings settings) =>
    [
        (settings.MemoryMax > 0, "memory-max", "MemoryMax"),
        (settings.PidsMax > 0, "pids-max", "PidsMax"),
        (settings.CpuMax > 0, "cpu-max", "CpuMax"),
        (settings.IOWeight > 0, "io-weight", "IOWeight"),
    ];

    private static void CheckRange(string guest, bool wrong, string parameter, string reason)
    {
        if (wrong)
        {
            throw new VServerException(ErrorIds.LimitInvalid, ErrorKind.InvalidArgument, guest, $"Cannot limit the guest '{guest}' by -{parameter}: {reason}.");
        }
    }
}
