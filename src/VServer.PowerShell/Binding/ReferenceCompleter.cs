using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using VServer.Hosting;

namespace VServer.Binding;

/// <summary>Completes names of templates and guests, templates first.</summary>
public sealed class ReferenceCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Complete(wordToComplete, () => NamedTrees.Of(Completion.OpenStore(fakeBoundParameters)));
}
