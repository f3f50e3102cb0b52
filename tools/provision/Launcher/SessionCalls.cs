using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace VServer.Engine;

/// <summary>Turns the commands that a session of the Windows build starts with into those of the Unix build.</summary>
public static class SessionCalls
{
    // Each hides a command of that name, or stands for a cmdlet that is not on Unix.
    private static readonly string[] s_aliases =
    [
        "ac", "clear", "compare", "cpp", "diff", "gsv", "sleep", "sort", "start", "sasv", "spsv", "tee", "write",
        "cat", "cp", "ls", "man", "mount", "mv", "ps", "rm", "rmdir", "cnsn", "dnsn", "ogv", "shcm",
    ];

    private static readonly string[] s_functions = ["mkdir", "oss", .. Enumerable.Range('A', 26).Select(letter => $"{(char)letter}:")];

    /// <summary>Removes what Unix has not.</summary>
    public static InitialSessionState AsOnUnix(InitialSessionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var alias in s_aliases)
        {
            state.Commands.Remove(alias, typeof(SessionStateAliasEntry));
        }

        foreach (var function in s_functions)
        {
            state.Commands.Remove(function, typeof(SessionStateFunctionEntry));
        }

        state.Providers.Remove("Registry", null);
        return state;
    }

    /// <summary>Removes the one part of the engine that is not on Unix.</summary>
    public static Collection<PSSnapInInfo> WithoutWindows(Collection<PSSnapInInfo> parts) =>
        [.. parts.Where(part => part.Name != "Microsoft.WSMan.Management")];
}
