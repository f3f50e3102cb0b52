using System.Collections;
using System.Management.Automation;
using VServer.Errors;
using VServer.Hosting;

namespace VServer.Binding;

/// <summary>
/// A mount as a user gives it: a table or object with the properties of <see cref="GuestMount"/>, or a text <c>SOURCE:TARGET</c> or
/// <c>tmpfs:TARGET</c>, both with <c>:OPTIONS</c> behind when there are any.
/// </summary>
public sealed class MountArgument
{
    private static readonly string[] Known = [
        nameof(GuestMount.Type), nameof(GuestMount.Source), nameof(GuestMount.Target), nameof(GuestMount.ReadOnly),
        nameof(GuestMount.NoExec), nameof(GuestMount.NoIdMap), nameof(GuestMount.Size), nameof(GuestMount.Mode)];

    private readonly object given;

    /// <summary>Takes what was given; it is read, and refused with an id of its own, by the cmdlet.</summary>
    public MountArgument(object given) => this.given = given is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : given;

    /// <summary>The mount, with the source as an absolute path of the host.</summary>
    /// <param name="paths">The shell's own idea of paths.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.MountInvalid"/>.</exception>
    internal GuestMount Read(PathIntrinsics paths)
    {
        GuestMount mount = given switch
        {
            GuestMount known => known,
            string text => MountText.Read(text),
            IDictionary table => FromPairs(table.Cast<DictionaryEntry>().Select(static pair => ($"{pair.Key}", pair.Value))),
            PSObject custom => FromPairs(custom.Properties.Where(static property => property.Name != nameof(GuestMount.Options)).Select(static property => (property.Name, (object?)property.Value))),
            _ => throw Refuse($"{given}", $"a {given.GetType().Name} says nothing about it. {MountText.Advice}"),
        };
        return mount.Source is null or ['/', ..] ? mount : mount with { Source = ShellPath.Resolve(mount.Source, paths, ErrorIds.MountInvalid) };
    }

    /// <summary>Makes the failure of a mount that cannot be read.</summary>
    internal static VServerException Refuse(string text, string why) =>
        new(ErrorIds.MountInvalid, ErrorKind.InvalidArgument, text, $"The mount '{text}' cannot be read: {why}");

    private static GuestMount FromPairs(IEnumerable<(string Name, object? Value)> pairs)
    {
        Dictionary<string, object?> values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in pairs)
        {
            values[name] = value is PSObject wrapped ? wrapped.BaseObject : value;
        }

        string text = string.Join("; ", values.Select(static pair => $"{pair.Key}={pair.Value}"));
        string? unknown = values.Keys.FirstOrDefault(static name => !Known.Contains(name, StringComparer.OrdinalIgnoreCase));
        return unknown is null ? FromValues(values, text) : throw Refuse(text, $"it has no '{unknown}'. It may have {string.Join(", ", Known)}.");
    }

    private static GuestMount FromValues(Dictionary<string, object?> values, string text) => new()
    {
        Type = Value<MountType>(values, nameof(GuestMount.Type), text),
        Source = Value<string?>(values, nameof(GuestMount.Source), text),
        Target = Value<string?>(values, nameof(GuestMount.Target), text) ?? throw Refuse(text, $"it has no Target. {MountText.Advice}"),
        ReadOnly = Value<bool>(values, nameof(GuestMount.ReadOnly), text),
        NoExec = Value<bool>(values, nameof(GuestMount.NoExec), text),
        NoIdMap = Value<bool>(values, nameof(GuestMount.NoIdMap), text),
        Size = values.GetValueOrDefault(nameof(GuestMount.Size)) is string size ? MountText.ReadSize(size, text) : Value<long?>(values, nameof(GuestMount.Size), text),
        Mode = Value<string?>(values, nameof(GuestMount.Mode), text),
    };

    private static T? Value<T>(Dictionary<string, object?> values, string name, string text)
    {
        if (values.GetValueOrDefault(name) is not { } value)
        {
            return default;
        }

        try
        {
            return LanguagePrimitives.ConvertTo<T>(value);
        }
        catch (PSInvalidCastException failure)
        {
            throw Refuse(text, $"{name} is '{value}'. {failure.Message}");
        }
    }
}
