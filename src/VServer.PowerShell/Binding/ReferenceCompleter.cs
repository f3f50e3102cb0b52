using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using VServer.Guests;

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
        Completion.Complete(wordToComplete, () => Names(Completion.OpenStore(fakeBoundParameters).Store));

    private static IEnumerable<string> Names(Store store) => store.TemplateNames().Concat(store.GuestNames());
}
