using System.Globalization;
using System.Text.RegularExpressions;
using VServer.Errors;

namespace VServer.Networks;

/// <summary>A port of the host that leads to one of a guest.</summary>
/// <param name="HostPort">The port of the host.</param>
/// <param name="GuestPort">The port of the guest.</param>
/// <param name="Protocol"><c>tcp</c> or <c>udp</c>.</param>
public sealed partial record PublishedPort(ushort HostPort, ushort GuestPort, string Protocol)
{
    /// <summary>Reads <c>HOST:GUEST/PROTOCOL</c>; the protocol is tcp when not given, and one port stands for two equal ones.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PortInvalid"/>.</exception>
    public static PublishedPort Parse(string text) => TryParse(text) ?? throw new VServerException(
        ErrorIds.PortInvalid,
        ErrorKind.InvalidArgument,
        text,
        $"'{text}' is no port to publish. Write HOSTPORT:GUESTPORT, with /tcp or /udp behind it, such as 8080:80/tcp; ports are from 1 to 65535.");

    /// <summary>The same; null when it is none.</summary>
    public static PublishedPort? TryParse(string text)
    {
        Match match = Pattern().Match(text);
        string protocol = match.Groups["protocol"].Success ? match.Groups["protocol"].Value.ToLowerInvariant() : "tcp";
        return TryPort(match.Groups["host"], out ushort host) && (!match.Groups["guest"].Success || TryPort(match.Groups["guest"], out _))
            ? new PublishedPort(host, TryPort(match.Groups["guest"], out ushort guest) ? guest : host, protocol)
            : null;
    }

    /// <summary>The form that <see cref="Parse"/> reads, with everything in it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{HostPort}:{GuestPort}/{Protocol}");

    private static bool TryPort(Group group, out ushort port)
    {
        port = 0;
        return group.Success && ushort.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
    }

    [GeneratedRegex(@"\A(?<host>[0-9]{1,5})(:(?<guest>[0-9]{1,5}))?(/(?<protocol>tcp|udp))?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();
}
