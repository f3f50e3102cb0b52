using System.Collections;

namespace VServer.Binding;

/// <summary>Completes names of guests.</summary>
public sealed class GuestNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(IDictionary bound) => Completion.OpenStore(bound).Store.GuestNames();
}
