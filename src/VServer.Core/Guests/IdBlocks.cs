using System.Collections;
using System.Security.Cryptography;
using VServer.Errors;

namespace VServer.Guests;

/// <summary>Chooses the block of 65,536 host ids that a guest's users are.</summary>
internal static class IdBlocks
{
    /// <summary>Ids in a block.</summary>
    public const uint Size = 0x10000;

    // From 524,288, where systemd's range for containers starts, to what fits a signed number.
    private const int First = 8;
    private const int End = 0x8000;

    /// <summary>First ids of blocks that are given to nobody; by chance, so that guests of two stores hardly meet.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.HostUnsupported"/>: there are not so many left.</exception>
    public static IReadOnlyList<uint> Choose(Store store, int count)
    {
        BitArray taken = new(End);
        foreach ((uint first, uint last) in store.Host.ReservedIds().Concat(Blocks(store)))
        {
            for (uint block = first / Size; block <= Math.Min(last / Size, End - 1); block++)
            {
                taken[(int)block] = true;
            }
        }

        List<int> free = [.. Enumerable.Range(First, End - First).Where(block => !taken[block])];
        return free.Count >= count ? [.. Enumerable.Range(0, count).Select(_ => Draw(free))] : throw new VServerException(
            ErrorIds.HostUnsupported,
            ErrorKind.NoSpace,
            store.Path,
            "All user ids from 524,288 up are given to users or guests already. Give ranges in /etc/subuid and /etc/subgid back.");
    }

    private static uint Draw(List<int> free)
    {
        int index = RandomNumberGenerator.GetInt32(free.Count);
        uint first = (uint)free[index] * Size;
        free[index] = free[^1];
        free.RemoveAt(free.Count - 1);
        return first;
    }

    private static IEnumerable<(uint First, uint Last)> Blocks(Store store) => ReadableGuests.In(store)
        .Select(config => (config.IdBase, config.IdBase + (Size - 1)));
}
