using System.Formats.Tar;
using System.IO.Compression;

namespace VServer.Provision.Making;

/// <summary>Takes out of the tarball what the engine needs, and nothing else.</summary>
internal static class PackageExtractor
{
    private const string Prefix = "package/pwsh/";

    private static readonly string[] s_folders = ["Modules/", "ref/"];
    private static readonly string[] s_notices = ["LICENSE.txt", "ThirdPartyNotices.txt"];

    // These talk to Windows services.
    private static readonly string[] s_windowsOnly =
        ["Modules/CimCmdlets/", "Modules/PSDiagnostics/", "Modules/Microsoft.WSMan.Management/"];

    public static void Extract(string tarball, IReadOnlyCollection<string> files, string folder)
    {
        using var file = File.OpenRead(tarball);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unpacked);
        while (tar.GetNextEntry() is { } entry)
        {
            if (IsWanted(entry, files, out var name))
            {
                var destination = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
                entry.ExtractToFile(destination, overwrite: false);
            }
        }
    }

    private static bool IsWanted(TarEntry entry, IReadOnlyCollection<string> files, out string name)
    {
        name = entry.Name.StartsWith(Prefix, StringComparison.Ordinal) ? entry.Name[Prefix.Length..] : "";
        var path = name;
        return entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile
            && !path.Split('/').Contains("..")
            && (files.Contains(path) || s_notices.Contains(path) || StartsWithAny(path, s_folders))
            && !StartsWithAny(path, s_windowsOnly);
    }

    private static bool StartsWithAny(string name, string[] prefixes) =>
        prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
