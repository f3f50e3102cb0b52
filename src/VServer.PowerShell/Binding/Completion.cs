using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using VServer.Errors;
using VServer.Hosting;

namespace VServer.Binding;

/// <summary>What the completers share: a store from the parameters typed so far, and failures that end in no completion.</summary>
internal static class Completion
{
    /// <summary>Completes to the names that a source gives and that start like the word; none when anything fails, for nobody can read an error here.</summary>
    public static IEnumerable<CompletionResult> Complete(string? word, Func<IEnumerable<string>> source)
    {
        string start = (word ?? "").Trim('\'', '"');
        try
        {
            return [.. source()
                .Where(name => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                .Select(name => new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name))];
        }
        catch (Exception failure) when (failure is VServerException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The store of the parameters typed so far.</summary>
    /// <exception cref="VServerException">It cannot be used.</exception>
    public static StoreSession OpenStore(IDictionary bound) =>
        new HostParts(CancellationToken.None).Open(StorePath.Resolve(bound["Store"]?.ToString(), ShellPaths()));

    // A completer is handed no session, and the runspace refuses to be asked from outside while it runs one.
    private static PathIntrinsics ShellPaths()
    {
        object paths = ScriptBlock.Create("$ExecutionContext.SessionState.Path").InvokeReturnAsIs();
        return (PathIntrinsics)((paths as PSObject)?.BaseObject ?? paths);
    }

    private static string Quote(string text) =>
        text.Length > 0 && text.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or '+' or ':')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
