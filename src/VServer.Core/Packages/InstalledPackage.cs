namespace VServer.Packages;

/// <summary>A package that a database says is installed.</summary>
/// <param name="Name">Its name without the architecture.</param>
/// <param name="Version">Its version, epoch and revision included.</param>
/// <param name="Architecture">E.g. <c>amd64</c> or <c>all</c>.</param>
public sealed record InstalledPackage(string Name, string Version, string Architecture);
