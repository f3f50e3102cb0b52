using System.Management.Automation;
using VServer.Errors;

namespace VServer.Hosting;

/// <summary>What people are told about packages, and how they see them side by side.</summary>
internal static class PackageAdvice
{
    /// <summary>Says where packages cannot be compared.</summary>
    public static void Give(IReadOnlyList<(FoundName Guest, IReadOnlyList<GuestPackage> Packages)> compared, Cmdlet cmdlet)
    {
        if (compared.Count == 1)
        {
            cmdlet.WriteWarning($"'{compared[0].Guest.Name}' is alone, so there is nothing to compare it with. Name another guest or template.");
        }

        string[] managers = [.. compared.SelectMany(static pair => pair.Packages.Take(1)).Select(static package => package.Manager).Distinct()];
        if (managers.Length > 1)
        {
            cmdlet.WriteWarning($"The packages are those of {string.Join(" and ", managers)}, which have nothing in common: what one calls by another's name is another package.");
        }
    }

    /// <summary>What a guest's column is called: its name, with the store where two have it.</summary>
    public static string Label(FoundName guest, IReadOnlyList<(FoundName Guest, IReadOnlyList<GuestPackage> Packages)> compared) =>
        compared.Count(pair => pair.Guest.Name == guest.Name) == 1 ? guest.Name : $"{guest.Session.Store.Path}/{guest.Name}";

    /// <summary>The row with a property for each guest, so that Format-Table and Where-Object take a guest's name.</summary>
    public static PSObject WithColumns(PackageDifference row)
    {
        PSObject shown = PSObject.AsPSObject(row);
        foreach ((string guest, string? version) in row.Versions)
        {
            // A guest may be called "state"; its version is in Versions then.
            if (shown.Properties[guest] is null)
            {
                shown.Properties.Add(new PSNoteProperty(guest, version));
            }
        }

        return shown;
    }

    /// <summary>The failure for a file of no package.</summary>
    public static VServerException NobodyOwns(UnixPath path, string guest) => new(
        ErrorIds.PackageNotFound,
        ErrorKind.NotFound,
        path.ToString(),
        $"No package of '{guest}' lists {path}. It is the guest's own, or the path is spelt otherwise; wildcards are possible.");
}
