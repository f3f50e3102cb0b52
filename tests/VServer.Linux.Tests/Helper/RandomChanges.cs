using FsCheck;
using FsCheck.Fluent;
using VServer.Linux.Tests.Trees;

namespace VServer.Linux.Tests.Helper;

/// <summary>What a guest does to few names in a small tree, in two runs, and where settling is killed after each; 0 for nowhere.</summary>
internal sealed record RandomChanges(IReadOnlyList<string> First, IReadOnlyList<string> Second, int KillAt)
{
    /// <summary>Makes the tree.</summary>
    public const string Before = """
        mkdir w; for one in a b c; do for two in a b c; do mkdir -p w/$one/$two/a; for name in $one/d $one/$two/d $one/$two/a/d; do echo $name > w/$name; done; done; done
        find w -exec touch -h -d @1111111111.123456789 {} +
        """;

    private static readonly Gen<string> Name = Gen.Elements("a", "b", "c", "d");

    private static readonly Gen<string> PathName = Gen.OneOf(
        Name,
        from one in Name from two in Name select $"{one}/{two}",
        from one in Name from two in Name from three in Name select $"{one}/{two}/{three}");

    // Renames are what is hardest to fold.
    private static readonly Gen<string> Step = Gen.Frequency(
        (8, from source in PathName from target in PathName select $"mv -T {source} {target}"),
        (3, from source in PathName from target in PathName select $"mv {source} {target}"),
        (3, from path in PathName select $"rm -r {path}"),
        (3, from path in PathName select $"mkdir -p {path}"),
        (3, from path in PathName select $"echo more >> {path}"),
        (2, from source in PathName from target in PathName select $"ln {source} {target}"),
        (1, from path in PathName select $"ln -s a {path}"),
        (1, from path in PathName from mode in Gen.Elements("700", "4711", "1777") select $"chmod {mode} {path}"),
        (1, from path in PathName select $"touch -d @5.5 {path}"),
        (1, from path in PathName select $"setfattr -n user.x -v y {path}"));

    /// <summary>Random changes in two runs of a guest.</summary>
    public static readonly Arbitrary<RandomChanges> Cases = Arb.ToArbitrary(
        from first in Step.ListOf(40)
        from second in Step.ListOf(15)
        from kill in Gen.Frequency((1, Gen.Constant(0)), (2, Gen.Choose(1, 60)))
        select new RandomChanges([.. first], [.. second], kill));

    /// <summary>How many are tried; a thousand with VSERVER_TEST_HEAVY=1.</summary>
    public static int Count => HeavyFactAttribute.IsWanted ? 1000 : 30;

    /// <summary>One run's, for a shell; what cannot be done is left out.</summary>
    public static string Script(IReadOnlyList<string> steps) => string.Join("; ", steps.Select(static step => $"{step} 2>/dev/null || true"));

    /// <inheritdoc/>
    public override string ToString() => $"killed at {KillAt}\n{string.Join('\n', First)}\n--\n{string.Join('\n', Second)}\n";
}
