using System.Collections;

namespace VServer.Binding;

/// <summary>Completes names of templates.</summary>
public sealed class TemplateNameCompleter : NameCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<string> Names(IDictionary bound) => Completion.OpenStore(bound).Store.TemplateNames();
}
