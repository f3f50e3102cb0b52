using System.Security.Cryptography;

namespace VServer.Packages;

/// <summary>What a package says the content of one of its files was.</summary>
/// <param name="Path">The path as listed; symlinks in it are not resolved.</param>
/// <param name="Algorithm">How the digest is computed.</param>
/// <param name="Value">The digest in hexadecimal digits, lower case.</param>
public sealed record FileDigest(UnixPath Path, HashAlgorithmName Algorithm, string Value)
{
    /// <summary>True when it may be a symlink, whose digest is then that of its target.</summary>
    public bool MayBeLink { get; init; }
}
