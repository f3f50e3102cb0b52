using System.Collections;
using VServer.Hosting;
using VServer.Packages;
using VServer.Ports;

namespace VServer.Binding;

/// <summary>Completes names of packages: those of the reference, of the source, of the first guest, or of the host itself.</summary>
public sealed class PackageNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(IDictionary bound)
    {
        IPackageDatabase? database = (bound["Reference"] ?? First(bound["Name"])) is { } owner && bound["FromHost"] is null && bound["Source"] is null
            ? Completion.OpenStore(bound).TryReadPackages(owner.ToString() ?? "")
            : ReadHost(bound["Source"]?.ToString() ?? "/");
        return (database?.Packages ?? []).Select(static package => package.Name).Distinct().Order(StringComparer.Ordinal);
    }

    private static object? First(object? value) => value is IList list ? list.Cast<object>().FirstOrDefault() : value;

    private static IPackageDatabase? ReadHost(string root)
    {
        HostParts parts = new(CancellationToken.None);
        using IFolder folder = parts.Trees.OpenRoot(root);
        return parts.Packages.TryRead(folder, root);
    }
}
