using System.Collections;

namespace VServer.Binding;

/// <summary>Completes names of networks.</summary>
public sealed class NetworkNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(IDictionary bound) => Completion.OpenStore(bound).Networks.Names();
}
