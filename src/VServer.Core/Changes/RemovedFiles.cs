using VServer.Ports;

namespace VServer.Changes;

/// <summary>What a guest has removed from its tree, until it is known what of it was renamed.</summary>
internal sealed class RemovedFiles
{
    // In the order found; what was taken out leaves null.
    private readonly List<(UnixPath Path, FileFacts Facts)?> all = [];
    private readonly Dictionary<Looks, List<int>> alike = [];

    /// <summary>Those that were not renamed.</summary>
    public IEnumerable<(UnixPath Path, FileFacts Facts)> Rest => all.OfType<(UnixPath, FileFacts)>();

    /// <summary>Notes one.</summary>
    public void Add(UnixPath path, in FileFacts facts)
    {
        if (facts.Kind != FileKind.Folder)
        {
            Looks looks = Looks.Of(facts);
            if (!alike.TryGetValue(looks, out List<int>? same))
            {
                alike.Add(looks, same = []);
            }

            same.Add(all.Count);
        }

        all.Add((path, facts));
    }

    /// <summary>Takes out the file that has become another, if there is one: a rename keeps all that is asked for here, and the content.</summary>
    /// <param name="facts">The new file's.</param>
    /// <param name="isSame">Compares the content with that of a removed one.</param>
    public UnixPath? TryTake(in FileFacts facts, Func<UnixPath, bool> isSame)
    {
        foreach (int index in alike.GetValueOrDefault(Looks.Of(facts)) ?? [])
        {
            if (all[index] is { } candidate && isSame(candidate.Path))
            {
                all[index] = null;
                return candidate.Path;
            }
        }

        return null;
    }

    private readonly record struct Looks(FileKind Kind, long Size, FileTime Modified, ulong Device)
    {
        public static Looks Of(in FileFacts facts) => new(facts.Kind, facts.Size, facts.Modified, facts.SpecialDevice);
    }
}
