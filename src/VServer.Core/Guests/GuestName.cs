using System.Text.RegularExpressions;
using VServer.Errors;

namespace VServer.Guests;

/// <summary>The rule for names of guests and templates: they become folder names, host names and cgroup names.</summary>
public static partial class GuestName
{
    /// <summary>True when the text can be a name: <c>[a-z0-9][a-z0-9_.-]{0,62}</c> without <c>..</c>.</summary>
    public static bool IsValid(string? name) => name is not null && Pattern().IsMatch(name) && !name.Contains("..", StringComparison.Ordinal);

    /// <summary>Gives the name back, or says why it cannot be one.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NameInvalid"/>.</exception>
    public static string Check(string name)
    {
        if (IsValid(name))
        {
            return name;
        }

        throw new VServerException(
            ErrorIds.NameInvalid,
            ErrorKind.InvalidArgument,
            name,
            $"'{name}' cannot be the name of a guest or template. Use 1 to 63 characters of a-z, 0-9, '_', '.' and '-', the first a letter or digit, without '..'.");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_.-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
