using System.Security.Cryptography;

namespace VServer.Provision.Making;

/// <summary>The files of the package that are used, each with the digest it must have.</summary>
public sealed class FileDigests
{
    private readonly Dictionary<string, string> _digests;

    private FileDigests(Dictionary<string, string> digests) => _digests = digests;

    /// <summary>Names of all files.</summary>
    public IReadOnlyCollection<string> Names => _digests.Keys;

    /// <summary>Reads lines as sha256sum writes them.</summary>
    public static FileDigests Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FileDigests(text
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split("  "))
            .ToDictionary(words => words[1].Trim(), words => words[0], StringComparer.Ordinal));
    }

    /// <summary>Checks that every file is in the folder with its digest.</summary>
    /// <exception cref="EngineUnavailableException">One is missing or differs; the message names it.</exception>
    public void Require(string folder)
    {
        foreach (var (name, expected) in _digests)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                throw new EngineUnavailableException($"the package has no {name}.");
            }

            using var stream = File.OpenRead(path);
            var found = Convert.ToHexStringLower(SHA256.HashData(stream));
            if (found != expected)
            {
                throw new EngineUnavailableException($"{name} of the package has sha256 {found}, not {expected}.");
            }
        }
    }
}
