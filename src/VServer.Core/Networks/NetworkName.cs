using VServer.Errors;
using VServer.Guests;

namespace VServer.Networks;

/// <summary>What a guest's network is called: the name of one that was made, or one of two words for what needs no making.</summary>
public static class NetworkName
{
    /// <summary>A network namespace with loopback alone.</summary>
    public const string None = "None";

    /// <summary>The host's own network: no isolation.</summary>
    public const string Host = "Host";

    /// <summary>True for the name of a network that was made.</summary>
    public static bool IsMade(string name) => name is not (None or Host);

    /// <summary>The name as it is kept; the two words are known in any case.</summary>
    public static string Normalize(string name) =>
        name.Equals(None, StringComparison.OrdinalIgnoreCase) ? None
        : name.Equals(Host, StringComparison.OrdinalIgnoreCase) ? Host
        : name;

    /// <summary>Gives the name back, or says why no network can have it.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NameInvalid"/>.</exception>
    public static string Check(string name) => GuestName.IsValid(name) && IsMade(Normalize(name)) ? name : throw new VServerException(
        ErrorIds.NameInvalid,
        ErrorKind.InvalidArgument,
        name,
        $"'{name}' cannot be the name of a network. Use 1 to 63 characters of a-z, 0-9, '_', '.' and '-', the first a letter or digit, without '..', and neither 'none' nor 'host'.");
}
