using VServer.Ports;

namespace VServer.Packages;

/// <summary>What rpm has said of one state of one database; the files are asked for when somebody wants them.</summary>
internal sealed class RpmAnswers
{
    private readonly IRpmProgram rpm;
    private readonly string owner;
    private readonly Lock gate = new();
    private Dictionary<InstalledPackage, RpmPackage>? files;
    private Dictionary<InstalledPackage, RpmPackage>? digests;

    /// <summary>Asks for the packages.</summary>
    /// <exception cref="Errors.VServerException">It could not be read.</exception>
    public RpmAnswers(IRpmProgram rpm, string owner, RpmFiles database)
    {
        this.rpm = rpm;
        this.owner = owner;
        Packages = [.. Ask(database, RpmFormat.Packages).Select(package => package.Identity).Distinct()];
    }

    /// <summary>All packages.</summary>
    public IReadOnlyList<InstalledPackage> Packages { get; }

    /// <summary>A package with its files; without any where the database does not know it any more.</summary>
    /// <exception cref="Errors.VServerException">They could not be read.</exception>
    public RpmPackage WithFiles(InstalledPackage package, IFolder root)
    {
        lock (gate)
        {
            return (files ??= Read(root, RpmFormat.Files)).GetValueOrDefault(package) ?? new RpmPackage(package);
        }
    }

    /// <summary>A package with the digests of its files; a third question, since they are longer than all else together.</summary>
    /// <exception cref="Errors.VServerException">They could not be read.</exception>
    public RpmPackage WithDigests(InstalledPackage package, IFolder root)
    {
        lock (gate)
        {
            return (digests ??= Read(root, RpmFormat.Digests)).GetValueOrDefault(package) ?? new RpmPackage(package);
        }
    }

    private Dictionary<InstalledPackage, RpmPackage> Read(IFolder root, string format)
    {
        Dictionary<InstalledPackage, RpmPackage> read = [];
        using RpmFiles? database = RpmFiles.TryOpen(root, owner);
        foreach (RpmPackage package in database is null ? [] : Ask(database, format))
        {
            read.TryAdd(package.Identity, package);
        }

        return read;
    }

    private IReadOnlyList<RpmPackage> Ask(RpmFiles database, string format) => new RpmFormat(owner).Parse(database.Query(rpm, format).Span);
}
