using System.Management.Automation;

namespace VServer.Binding;

/// <summary>
/// Which guest or template is meant: a name, a name with wildcards, or an object that a cmdlet of this module gave, which also says in
/// which store it is.
/// </summary>
public sealed class VServerIdentity
{
    /// <summary>Takes a name, which may hold wildcards.</summary>
    public VServerIdentity(string name) => Name = name;

    /// <summary>Takes a guest, in its own store.</summary>
    public VServerIdentity(Guest guest)
        : this(guest.Name) => Store = guest.Store;

    /// <summary>Takes a template, in its own store.</summary>
    public VServerIdentity(Template template)
        : this(template.Name) => Store = template.Store;

    /// <summary>Takes the guest that was made, in its store.</summary>
    public VServerIdentity(CopyResult made)
        : this(made.Guest) => Store = made.Store;

    /// <summary>Takes a network, in its own store.</summary>
    public VServerIdentity(Network network)
        : this(network.Name) => Store = network.Store;

    /// <summary>The name or pattern.</summary>
    public string Name { get; }

    /// <summary>Absolute path of the store; null when the name alone was given.</summary>
    public string? Store { get; }

    /// <summary>True when the name is a pattern, for which finding nothing is no failure.</summary>
    public bool IsPattern => WildcardPattern.ContainsWildcardCharacters(Name);

    /// <summary>True when the name is this one or the pattern matches it.</summary>
    public bool Matches(string name) => IsPattern
        ? WildcardPattern.Get(Name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(name)
        : string.Equals(Name, name, StringComparison.Ordinal);

    /// <summary>The name or pattern.</summary>
    public override string ToString() => Name;
}
