using VServer.Packages;

namespace VServer.Unify;

/// <summary>The packages of the reference that a request takes in.</summary>
/// <param name="Manager">The program that installed them, e.g. <c>dpkg</c>; null where packages are not looked at.</param>
/// <param name="Packages">The packages; candidates point into the list.</param>
internal sealed record WantedPackages(string? Manager, IReadOnlyList<InstalledPackage> Packages)
{
    /// <summary>Where packages are not looked at.</summary>
    public static readonly WantedPackages None = new(null, []);
}
