using System.Management.Automation;
using VServer.Errors;

namespace VServer.Hosting;

/// <summary>Reads files of path rules, as the old exclude lists were: a rule a line; empty lines and those that begin with <c>#</c> say nothing.</summary>
internal static class RuleFile
{
    /// <summary>The rules of a file in their order.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PathRuleInvalid"/>: the file cannot be read.</exception>
    public static IEnumerable<string> Read(string file, PathIntrinsics paths)
    {
        string path = ShellPath.Resolve(file, paths, ErrorIds.PathRuleInvalid);
        try
        {
            return [.. File.ReadAllLines(path).Select(static line => line.Trim()).Where(static line => line.Length > 0 && line[0] != '#')];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VServerException(
                ErrorIds.PathRuleInvalid,
                ErrorKind.NotFound,
                file,
                $"The file of path rules '{path}' cannot be read: {failure.Message} Nothing was shared.",
                failure);
        }
    }
}
