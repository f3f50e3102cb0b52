using FsCheck;
using FsCheck.Fluent;
using VServer.Guards;
using VServer.Guests;
using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>The tree and the changes told of a running guest make up what the guest sees: no change too many, none missing.</summary>
[Collection(GuestCollection.Name)]
public sealed class CompareRandomTests(GuestImage image)
{
    private const string Look = """
        find . -mindepth 1 -printf '%P|%y|%m|%U|%G|%l|' \( -type d -printf '\n' -o -type f -printf '%T@|' -exec sha256sum {} \; -o -printf '%T@\n' \)
        """;

    [GuestFact]
    public void Compare_AnyChanges_AreTheDifferenceOfTreeAndView() =>
        Prop.ForAll(RandomChanges.Cases, Try).Check(Config.QuickThrowOnFailure.WithMaxTest(RandomChanges.Count));

    private void Try(RandomChanges tried)
    {
        using TestGuest guest = new(image);
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        Store store = guest.MoveToStore();
        Shell.Run(RandomChanges.Before, guest.Place.Tree);
        Dictionary<string, string> before = Names(Shell.Run(Look, guest.InTree("w")));
        foreach (IReadOnlyList<string> steps in new[] { tried.First, tried.Second })
        {
            guest.Start();
            guest.Run($"cd /w; {RandomChanges.Script(steps)}");
            Dictionary<string, string> after = Names(guest.Run($"cd /w; {Look}"));
            List<FileChange> running = Compare(store, guest);
            Assert.Equal(Expected(before, after, running).Order(StringComparer.Ordinal), Told(running).Order(StringComparer.Ordinal));

            guest.Stop();
            Assert.Equal(running, Compare(store, guest));
        }

        guest.Settle();
        Assert.Empty(Compare(store, guest));
    }

    private static List<FileChange> Compare(Store store, TestGuest guest) =>
        guest.Compare(store, new FileSelection { Paths = [UnixPath.Parse("w")] }, progress: null, CancellationToken.None);

    // What was renamed is taken as told; all else follows from the two views.
    private static IEnumerable<string> Expected(Dictionary<string, string> before, Dictionary<string, string> after, List<FileChange> told)
    {
        Dictionary<string, string> renamed = told.Where(static change => change.Change == ChangeKind.Renamed).ToDictionary(
            static change => Short(change.Path), static change => Short(change.OldPath!)); // A rename has one.
        HashSet<string> attributes = [.. told.Where(static change => change.Detail.Contains("attribute user.x", StringComparison.Ordinal)).Select(static change => Short(change.Path))];
        HashSet<string> used = [];
        foreach ((string path, string looks) in after)
        {
            string? origin = Origin(path, renamed);
            if (origin is null || !before.TryGetValue(origin, out string? old))
            {
                yield return $"Added {path}";
                continue;
            }

            Assert.True(used.Add(origin), $"{origin} is there twice");
            if (renamed.ContainsKey(path))
            {
                Assert.Equal(Content(old), Content(looks));
                yield return $"Renamed {path} {origin}";
            }
            else if (old != looks || attributes.Contains(path))
            {
                yield return $"{(Content(old) == Content(looks) ? "Metadata" : "Modified")} {path}";
            }
        }

        foreach (string path in before.Keys.Except(used))
        {
            yield return $"Removed {path}";
        }
    }

    private static string? Origin(string path, Dictionary<string, string> renamed)
    {
        if (renamed.TryGetValue(path, out string? own))
        {
            return own;
        }

        int slash = path.LastIndexOf('/');
        string? above = slash < 0 ? "" : Origin(path[..slash], renamed);
        string? origin = slash < 0 ? path : above is null ? null : above + path[slash..];
        return origin is null || renamed.ContainsValue(origin) ? null : origin;
    }

    private static IEnumerable<string> Told(List<FileChange> changes) => changes.Select(static change =>
        $"{change.Change} {Short(change.Path)}{(change.OldPath is null ? "" : $" {Short(change.OldPath)}")}");

    private static string Short(UnixPath path) => path.ToString()["/w/".Length..];

    // Type, link target and digest.
    private static string Content(string looks) => looks.Split('|') is [{ } type, _, _, _, { } target, .. { } rest] ? $"{type} {target} {(rest.Length > 1 ? rest[1] : "")}" : looks;

    private static Dictionary<string, string> Names(string listing) => listing.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => line.Split('|', 2))
        .ToDictionary(static parts => parts[0], static parts => parts[1].Split("  ")[0]);
}
