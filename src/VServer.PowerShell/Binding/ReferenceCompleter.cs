using System.Collections;
using VServer.Hosting;

namespace VServer.Binding;

/// <summary>Completes names of templates and guests, templates first.</summary>
public sealed class ReferenceCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(IDictionary bound) => NamedTrees.Of(Completion.OpenStore(bound));
}
