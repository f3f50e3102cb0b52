using System.Management.Automation;
using VServer.Errors;
using VServer.Guests;

namespace VServer.Hosting;

/// <summary>Which store is meant: what was given, else <c>$env:VSERVER_STORE</c>, else the default.</summary>
internal static class StorePath
{
    private const string Variable = "VSERVER_STORE";

    /// <summary>The stores that are meant when nobody names one, the first being the one used.</summary>
    public static IEnumerable<string> Known
    {
        get
        {
            string? named = Environment.GetEnvironmentVariable(Variable);
            return string.IsNullOrEmpty(named) ? [Store.DefaultPath] : [named, Store.DefaultPath];
        }
    }

    /// <summary>The absolute path of the store that is meant.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.StoreInvalid"/>.</exception>
    public static string Resolve(string? given, PathIntrinsics paths) => ShellPath.Resolve(given ?? Known.First(), paths, ErrorIds.StoreInvalid);
}
