using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace VServer.Binding;

/// <summary>Completes names of networks.</summary>
public sealed class NetworkNameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Complete(wordToComplete, () => Completion.OpenStore(fakeBoundParameters).Networks.Names());
}
