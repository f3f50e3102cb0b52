using System.Globalization;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>What limits there can be, at all and on this host.</summary>
internal static class LimitRules
{
    /// <summary>Below it nothing can be started; who asks for less has forgotten the unit.</summary>
    private const long LeastMemory = 1024 * 1024;

    /// <summary>A millisecond of the kernel's tenth of a second.</summary>
    private const double LeastCpu = 0.01;

    /// <summary>Fails when a limit makes no sense, or the host could not hold the guest to it.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.LimitInvalid"/>, <see cref="ErrorIds.LimitUnsupported"/>.</exception>
    public static void Check(string guest, GuestSettings settings, Store store, IGuestHost host, CancellationToken cancellation)
    {
        CheckRange(guest, settings.MemoryMax is > 0 and < LeastMemory, "MemoryMax", $"{settings.MemoryMax} bytes are less than a guest can run in; give 1 MiB or more, such as 512MB, or 0 for no limit");
        CheckRange(guest, settings.CpuMax is > 0 and < LeastCpu, "CpuMax", $"{settings.CpuMax?.ToString(CultureInfo.InvariantCulture)} processors are less than the kernel can measure out; give 0.01 or more, or 0 for no limit");
        string[] needed = [.. Needed(settings)];
        if (needed.Length == 0)
        {
            return;
        }

        // What is offered does not depend on the folder, and a store that is yet to be made has none.
        IReadOnlyList<HostFeature> features = host.Probe(store.Path, cancellation);
        if (needed.Select(name => features.FirstOrDefault(feature => feature.Name == name)).FirstOrDefault(static feature => feature is { Available: false }) is { } missing)
        {
            throw new VServerException(
                ErrorIds.LimitUnsupported,
                ErrorKind.Unsupported,
                guest,
                $"Cannot limit the guest '{guest}' by -{ParameterOf(missing.Name)}: this host cannot hold it to that. {missing.Detail}");
        }
    }

    /// <summary>The parameter that a feature of the host's is for.</summary>
    private static string ParameterOf(string feature) => feature switch
    {
        "memory-max" => "MemoryMax",
        "pids-max" => "PidsMax",
        "cpu-max" => "CpuMax",
        _ => "IOWeight",
    };

    private static IEnumerable<string> Needed(GuestSettings settings) => new (bool Asked, string Feature)[]
    {
        (settings.MemoryMax > 0, "memory-max"),
        (settings.PidsMax > 0, "pids-max"),
        (settings.CpuMax > 0, "cpu-max"),
        (settings.IOWeight > 0, "io-weight"),
    }.Where(static pair => pair.Asked).Select(static pair => pair.Feature);

    private static void CheckRange(string guest, bool wrong, string parameter, string reason)
    {
        if (wrong)
        {
            throw new VServerException(ErrorIds.LimitInvalid, ErrorKind.InvalidArgument, guest, $"Cannot limit the guest '{guest}' by -{parameter}: {reason}.");
        }
    }
}
