using VServer.Errors;
using VServer.Guests;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// Digests of files that were read before, so that a rerun reads only what changed: by inode, and good for as long as its ctime and size
/// are the same. It only ever spares a comparison that would fail; nothing is shared without its bytes having been compared. Safe for
/// several threads.
/// </summary>
internal sealed class DigestMemory : IDisposable
{
    // What no run has asked for in so many writings belongs to inodes that are gone, or to guests that are not unified any more.
    private const uint Lifetime = 16;

    private readonly Store store;
    private readonly (ulong Device, ulong Inode) identity;
    private readonly Dictionary<ulong, DigestEntry> entries;
    private readonly uint generation;
    private readonly bool keeps;
    private readonly Lock gate = new();
    private bool learned;

    private DigestMemory(Store store, bool keeps)
    {
        this.store = store;
        this.keeps = keeps;
        identity = store.Host.Identify(store.Path);
        entries = DigestFile.TryRead(store.Host.TryRead(Path(store)), identity, out uint written) ?? [];
        generation = written + 1;
    }

    /// <summary>Reads what is remembered of a store's files: nothing when there is no sound file.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keeps">True to write down what is learned, at the end.</param>
    public static DigestMemory Open(Store store, bool keeps) => new(store, keeps);

    /// <summary>The digest of an inode's bytes, when it is known and nothing was done to the inode since.</summary>
    public UInt128? Find(in FileFacts facts)
    {
        lock (gate)
        {
            if (facts.Device != identity.Device || !entries.TryGetValue(facts.Inode, out DigestEntry entry))
            {
                return null;
            }

            if (entry.Changed != facts.Changed || entry.Size != facts.Size)
            {
                entries.Remove(facts.Inode);
                return null;
            }

            entries[facts.Inode] = entry with { LastMet = generation };
            return entry.Digest;
        }
    }

    /// <summary>Both digests, when both files were read before and their bytes differ; else null.</summary>
    public (UInt128 Left, UInt128 Right)? FindDifference(in FileFacts left, in FileFacts right) =>
        Find(left) is { } digest && Find(right) is { } other && digest != other ? (digest, other) : null;

    /// <summary>Remembers a digest of bytes that were read while the inode was what the kernel says here.</summary>
    public void Learn(in FileFacts facts, UInt128 digest)
    {
        if (facts.Device != identity.Device)
        {
            return;
        }

        lock (gate)
        {
            entries[facts.Inode] = new DigestEntry(facts.Changed, facts.Size, digest, generation);
            learned = true;
        }
    }

    /// <summary>Reads an open file and remembers its digest, unless it is changed meanwhile.</summary>
    public UInt128 Learn(IFile file, CancellationToken cancellation)
    {
        FileFacts before = file.Facts;
        if (Find(before) is { } known)
        {
            return known;
        }

        UInt128 digest = file.ComputeDigest(cancellation);
        if (file.Facts.IsUnchangedSince(before))
        {
            Learn(before, digest);
        }

        return digest;
    }

    /// <summary>Writes down what was learned. A store that takes no file loses time at the next run and nothing else.</summary>
    public void Dispose()
    {
        if (!learned || !keeps)
        {
            return;
        }

        KeyValuePair<ulong, DigestEntry>[] kept = [.. entries
            .Where(entry => generation - entry.Value.LastMet < Lifetime)
            .OrderByDescending(static entry => entry.Value.LastMet)
            .Take(DigestFile.MostEntries)];
        try
        {
            store.Host.WriteAtomically(Path(store), DigestFile.Write(kept, generation, identity));
        }
        catch (VServerException)
        {
            // Said above.
        }
    }

    private static string Path(Store store) => $"{store.CacheFolder}/digests";
}
