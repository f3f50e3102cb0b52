using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using VServer.Hosting;

namespace VServer.Binding;

/// <summary>Completes stores: the ones that are meant when none is named, then any folder.</summary>
public sealed class StoreCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Complete(wordToComplete, () => StorePath.Known.Where(Directory.Exists))
            .Concat(CompletionCompleters.CompleteFilename(wordToComplete ?? "").Where(static found => found.ResultType == CompletionResultType.ProviderContainer));
}
