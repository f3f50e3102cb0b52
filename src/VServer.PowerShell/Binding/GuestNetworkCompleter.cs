using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using VServer.Networks;

namespace VServer.Binding;

/// <summary>Completes what a guest's network can be: names of networks, and the words for none and for the host's.</summary>
public sealed class GuestNetworkCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completion.Complete(wordToComplete, static () => [NetworkName.None, NetworkName.Host])
            .Concat(Completion.Complete(wordToComplete, () => Completion.OpenStore(fakeBoundParameters).Networks.Names()));
}
