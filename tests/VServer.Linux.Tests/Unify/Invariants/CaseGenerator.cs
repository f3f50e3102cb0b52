using FsCheck;
using FsCheck.Fluent;
using VServer.Unify;

namespace VServer.Linux.Tests.Unify.Invariants;

/// <summary>Makes random trees of few names, contents and looks, so that many are equal or nearly so.</summary>
internal static class CaseGenerator
{
    private static readonly string[] Folders = ["", "usr/", "usr/", "usr/lib/", "usr/lib/deep/", "opt/", "etc/"];
    private static readonly string[] FileNames = ["one", "two", @"\xff", @"\xfe two", "lib"];

    private static readonly Gen<string> Path = Pair(Gen.Elements(Folders), Gen.Elements(FileNames)).Select(static pair => pair.Item1 + pair.Item2);

    private static readonly Gen<ItemLooks> Looks =
        from mode in Mostly("", "600", "4755", "000")
        from owner in Mostly("", "7:8", "0:1")
        from time in Mostly("", "@1000000000.123456788", "@5")
        from attribute in Mostly("", "user.x=1", "user.x=2", "capability", "acl")
        from isSealed in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new ItemLooks(mode, owner, time, attribute, isSealed);

    // Most names are in all guests; a later item of one guest is the difference.
    private static readonly Gen<int> Where = Gen.Frequency((4, Gen.Constant(7)), (3, Gen.Elements(1, 2, 4, 3, 5, 6)));

    private static readonly Gen<TreeItem> Item = Gen.Frequency(
        (8, Make(ItemKind.File, Gen.Elements(CaseScript.Contents.Keys.ToArray()), Path)),
        (2, Make(ItemKind.Hard, Path, Path)),
        (1, Make(ItemKind.Link, Gen.Elements("one", "../usr", "../../ref/usr/one", "/etc"), Path)),
        (1, Make(ItemKind.Fifo, Gen.Constant(""), Path)),
        (1, Make(ItemKind.Folder, Gen.Constant(""), Gen.Elements("usr", "usr/lib", "usr/lib/deep", "opt"))));

    private static readonly Gen<UnifyCase> Case =
        from guests in Gen.Choose(2, 3)
        from scope in Gen.Elements(UnifyScope.Tree, UnifyScope.Content)
        from guard in Gen.Elements(UnifyGuard.None, UnifyGuard.MayUnlink, UnifyGuard.Immutable)
        from count in Gen.Choose(1, 20)
        from items in Item.ListOf(count)
        select new UnifyCase(guests, scope, guard, [.. items]);

    /// <summary>Random trees, with simpler ones to look for when one fails.</summary>
    public static Arbitrary<UnifyCase> Cases { get; } = Arb.ToArbitrary(Case, Shrink);

    private static Gen<T> Mostly<T>(T usual, params T[] others) => Gen.Frequency((3 * others.Length, Gen.Constant(usual)), (others.Length, Gen.Elements(others)));

    private static Gen<(string, string)> Pair(Gen<string> first, Gen<string> second) => from left in first from right in second select (left, right);

    private static Gen<TreeItem> Make(ItemKind kind, Gen<string> values, Gen<string> paths) =>
        from at in Where
        from path in paths
        from content in values
        from looks in Looks
        select new TreeItem(at, path, kind, content, looks);

    private static IEnumerable<UnifyCase> Shrink(UnifyCase failing)
    {
        int count = failing.Items.Count;
        for (int part = count; part > 0; part /= 2)
        {
            for (int start = 0; start < count; start += part)
            {
                yield return failing with { Items = [.. failing.Items.Where((_, index) => index < start || index >= start + part)] };
            }
        }

        if (failing.Guests > 2)
        {
            yield return failing with { Guests = 2 };
        }

        if (failing.Guard != UnifyGuard.None)
        {
            yield return failing with { Guard = UnifyGuard.None };
        }

        for (int changed = 0; changed < count; changed++)
        {
            foreach (TreeItem simpler in Shrink(failing.Items[changed]))
            {
                yield return failing with { Items = [.. failing.Items.Select((item, index) => index == changed ? simpler : item)] };
            }
        }
    }

    private static IEnumerable<TreeItem> Shrink(TreeItem item)
    {
        ItemLooks looks = item.Looks;
        ItemLooks[] simpler = [ItemLooks.Plain, looks with { Mode = "" }, looks with { Owner = "" }, looks with { Time = "" }, looks with { Attribute = "" }, looks with { Sealed = false }];
        foreach (ItemLooks other in simpler.Where(other => other != looks))
        {
            yield return item with { Looks = other };
        }

        if (item.Kind == ItemKind.File && item.Value != CaseScript.Simplest)
        {
            yield return item with { Value = CaseScript.Simplest };
        }
    }
}
