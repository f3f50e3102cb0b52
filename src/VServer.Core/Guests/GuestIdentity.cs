using System.Globalization;
using System.Security.Cryptography;
using VServer.Errors;

namespace VServer.Guests;

/// <summary>What tells a guest from all others.</summary>
/// <param name="HostName">Its host name.</param>
/// <param name="MachineId">Its machine-id(5): 32 hexadecimal digits; empty where the first start shall choose one.</param>
internal sealed record GuestIdentity(string HostName, string MachineId)
{
    // HOST_NAME_MAX.
    private const int LongestHostName = 64;

    /// <summary>An identity of its own.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NameInvalid"/>.</exception>
    public static GuestIdentity Create(string hostName) => new(CheckHostName(hostName), NewMachineId());

    /// <summary>Gives a host name back, or says why it cannot be one: it is written into files of lines and blanks.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NameInvalid"/>.</exception>
    public static string CheckHostName(string hostName)
    {
        bool isValid = hostName.Length is > 0 and <= LongestHostName
            && hostName.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' or '_')
            && hostName[0] is not ('-' or '.');
        return isValid ? hostName : throw new VServerException(
            ErrorIds.NameInvalid,
            ErrorKind.InvalidArgument,
            hostName,
            string.Create(CultureInfo.InvariantCulture, $"'{hostName}' cannot be a host name. Use 1 to {LongestHostName} letters, digits, '-', '_' and '.', the first a letter or digit."));
    }

    // A random (version 4) UUID without dashes, as systemd-machine-id-setup makes it.
    private static string NewMachineId()
    {
        Span<byte> bytes = RandomNumberGenerator.GetBytes(16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Convert.ToHexStringLower(bytes);
    }
}
