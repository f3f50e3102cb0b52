using System.Globalization;

namespace VServer.Linux.Tests.Unify.Invariants;

/// <summary>What a name of a random tree is.</summary>
internal enum ItemKind
{
    Folder,
    File,
    Link,
    Fifo,

    /// <summary>Another name of a file of the same guest.</summary>
    Hard,
}

/// <summary>A name of random trees; of several at one path the last is made.</summary>
/// <param name="Where">The guests that have it, a bit for each.</param>
/// <param name="Path">The name, bytes that are no text as the shell writes them.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The content's name in <see cref="CaseScript.Contents"/>, a link's target, or the file that it is another name of.</param>
/// <param name="Looks">Its metadata.</param>
internal sealed record TreeItem(int Where, string Path, ItemKind Kind, string Value, ItemLooks Looks)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"  {string.Join('+', UnifyCase.Names.Where((_, guest) => IsIn(guest))),-8} {Path,-16} {Kind} {Value}{(Kind == ItemKind.Hard ? "" : $" {Looks}")}");

    public bool IsIn(int guest) => (Where & (1 << guest)) != 0;
}

/// <summary>The metadata of a name; empty is what a new one has.</summary>
internal sealed record ItemLooks(string Mode, string Owner, string Time, string Attribute, bool Sealed)
{
    public static readonly ItemLooks Plain = new("", "", "", "", Sealed: false);

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', new[] { Mode, Owner, Time, Attribute, Sealed ? "sealed" : "" }.Where(static text => text.Length > 0));
}
