using System.Management.Automation;
using VServer.Errors;

namespace VServer.Hosting;

/// <summary>Paths as the shell knows them, drives, <c>~</c> and relative ones included, turned into absolute paths of the host.</summary>
internal static class ShellPath
{
    /// <summary>Resolves a path that need not exist.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <param name="paths">The shell's own idea of paths.</param>
    /// <param name="errorId">The id of the failure when it is no path of a file system.</param>
    /// <exception cref="VServerException">It is no path of a file system.</exception>
    public static string Resolve(string text, PathIntrinsics paths, string errorId)
    {
        try
        {
            string path = paths.GetUnresolvedProviderPathFromPSPath(text, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? path : throw Invalid(text, $"it belongs to the provider {provider.Name}", errorId, null);
        }
        catch (SessionStateException failure)
        {
            throw Invalid(text, failure.Message, errorId, failure);
        }
    }

    private static VServerException Invalid(string path, string why, string errorId, Exception? inner) => new(
        errorId,
        ErrorKind.InvalidArgument,
        path,
        $"'{path}' is no folder of a file system: {why}. Name one, e.g. /srv/vservers.",
        inner);
}
