using System.Text.Json;
using VServer.Errors;

namespace VServer.Guests;

/// <summary>Reads lists of what tells one system from another: the one of this version, and the one that an admin keeps in a store.</summary>
internal static class IdentityListReader
{
    private static readonly Lazy<IdentityList> Own = new(ReadOwn);

    /// <summary>The list of this version.</summary>
    public static IdentityList BuiltIn => Own.Value;

    /// <summary>The list of a store; null when it has none.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.IdentityListInvalid"/>.</exception>
    public static IdentityList? TryRead(Store store) =>
        store.Host.TryRead(store.IdentityPath) is { } content ? Parse(content, store.IdentityPath) : null;

    /// <summary>Reads and checks a list.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.IdentityListInvalid"/>.</exception>
    public static IdentityList Parse(ReadOnlySpan<byte> content, string path)
    {
        try
        {
            IdentityList list = JsonSerializer.Deserialize(content, IdentityJson.Default.IdentityList) ?? throw Invalid(path, "it is empty", null);
            foreach (IdentitySet? set in list.Sets)
            {
                Check(set ?? throw Invalid(path, "one of its sets is null", null), path);
            }

            return list;
        }
        catch (JsonException failure)
        {
            throw Invalid(path, failure.Message, failure);
        }
    }

    private static void Check(IdentitySet set, string path)
    {
        foreach (string? pattern in set.Keep.Concat(set.LeaveOut).Concat(set.Empty).Where(static pattern => !IsPath(pattern)))
        {
            throw Invalid(path, $"'{pattern}' is no absolute path inside a guest", null);
        }

        foreach (IdentityFile? file in set.Write)
        {
            string? why = file is null ? throw Invalid(path, "one of the files to be written is null", null)
                : !IsPath(file.Path) || file.Path.AsSpan().ContainsAny('*', '?') ? "is no absolute path of one file inside a guest"
                : !IsMode(file.Mode) ? $"has the mode '{file.Mode}', which is no octal number up to 0777"
                : file.HasUnknownPlaceholder ? "has a content with braces other than {hostName} and {machineId}"
                : null;
            if (why is not null)
            {
                throw Invalid(path, $"the file to be written at '{file.Path}' {why}", null);
            }
        }
    }

    private static bool IsPath(string? text) =>
        text is { Length: > 1 } && text[0] == '/' && !text.Contains('\0', StringComparison.Ordinal) && text[1..].Split('/').All(static part => part is not ("" or "." or ".."));

    private static bool IsMode(string text) => text.Length is 3 or 4 && text.All(static digit => digit is >= '0' and <= '7') && (text.Length == 3 || text[0] == '0');

    private static IdentityList ReadOwn()
    {
        const string Name = "VServer.Guests.identity.json";
        using Stream stream = typeof(IdentityListReader).Assembly.GetManifestResourceStream(Name)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Name}.");
        using MemoryStream content = new();
        stream.CopyTo(content);
        return Parse(content.ToArray(), Name);
    }

    private static VServerException Invalid(string path, string why, Exception? inner) => new(
        ErrorIds.IdentityListInvalid,
        ErrorKind.InvalidData,
        path,
        $"The list of what tells guests apart, '{path}', cannot be used: {why}. Mend it (its form is docs/design/identity.schema.json), or move it away to use the built-in list alone.",
        inner);
}
