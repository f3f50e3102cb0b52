using System.Diagnostics;
using System.Globalization;

namespace VServer.Engine;

/// <summary>What the engine asks about users and processes.</summary>
public static class ProcessCalls
{
    /// <summary>True for root.</summary>
    public static bool IsAdministrator() => Environment.IsPrivilegedProcess;

    /// <summary>The process that started another, or 0 when it is gone.</summary>
    public static int ParentId(Process process)
    {
        ArgumentNullException.ThrowIfNull(process);
        try
        {
            // The name in parentheses may hold anything, a parenthesis too; what follows the last one is fixed.
            var status = File.ReadAllText($"/proc/{process.Id}/stat");
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>
    /// Stands for encryption with a user's Windows profile, which the Unix build does not do either.
    /// A copy, since the caller wipes what it gave.
    /// </summary>
    public static byte[] KeepBytes(byte[] data, byte[] entropy, int scope) => [.. data];
}
