namespace VServer.Packages;

/// <summary>A package that dpkg has fully installed.</summary>
/// <param name="Identity">Its name, version and architecture.</param>
/// <param name="Paragraph">What var/lib/dpkg/status says of it.</param>
internal sealed record DpkgPackage(InstalledPackage Identity, ControlParagraph Paragraph)
{
    /// <summary>True when the distribution takes it for granted, so that nothing declares a need for it.</summary>
    public bool IsEssential => Paragraph["Essential"u8].SequenceEqual("yes"u8);

    /// <summary>True when several architectures of it can be installed, so that its files in the database are named after both.</summary>
    public bool IsSame => Paragraph["Multi-Arch"u8].SequenceEqual("same"u8);

    /// <summary>True when it meets needs of any architecture.</summary>
    public bool IsForeign => Paragraph["Multi-Arch"u8].SequenceEqual("foreign"u8);

    /// <summary>True when it meets needs that say so (<c>python3:any</c>).</summary>
    public bool IsAllowed => Paragraph["Multi-Arch"u8].SequenceEqual("allowed"u8);

    /// <summary>What its files in var/lib/dpkg/info start with.</summary>
    public string InfoName => IsSame ? $"{Identity.Name}:{Identity.Architecture}" : Identity.Name;
}
