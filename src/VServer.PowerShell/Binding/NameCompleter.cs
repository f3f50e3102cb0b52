using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace VServer.Binding;

/// <summary>Completes to names that the parameters typed so far lead to.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Complete(wordToComplete, () => Names(fakeBoundParameters));

    /// <summary>All names, whatever was typed of one; a failure ends in no completion.</summary>
    private protected abstract IEnumerable<string> Names(IDictionary bound);
}
