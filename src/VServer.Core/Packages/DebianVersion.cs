namespace VServer.Packages;

/// <summary>The order of versions of Debian packages: deb-version(7).</summary>
internal static class DebianVersion
{
    /// <summary>Below zero when the left is older, above when it is newer.</summary>
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int order = CompareDigits(CutEpoch(ref left), CutEpoch(ref right));
        if (order != 0)
        {
            return order;
        }

        ReadOnlySpan<char> leftRevision = CutRevision(ref left);
        ReadOnlySpan<char> rightRevision = CutRevision(ref right);
        order = CompareParts(left, right);
        return order != 0 ? order : CompareParts(leftRevision, rightRevision);
    }

    private static ReadOnlySpan<char> CutEpoch(ref ReadOnlySpan<char> version)
    {
        int colon = version.IndexOf(':');
        ReadOnlySpan<char> epoch = colon < 0 ? [] : version[..colon];
        version = version[(colon + 1)..];
        return epoch;
    }

    private static ReadOnlySpan<char> CutRevision(ref ReadOnlySpan<char> version)
    {
        int dash = version.LastIndexOf('-');
        ReadOnlySpan<char> revision = dash < 0 ? [] : version[(dash + 1)..];
        version = dash < 0 ? version : version[..dash];
        return revision;
    }

    // Text and numbers in turn, each compared with its like.
    private static int CompareParts(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int order = 0;
        while (order == 0 && (!left.IsEmpty || !right.IsEmpty))
        {
            order = CompareText(Cut(ref left, digits: false), Cut(ref right, digits: false));
            order = order != 0 ? order : CompareDigits(Cut(ref left, digits: true), Cut(ref right, digits: true));
        }

        return order;
    }

    private static ReadOnlySpan<char> Cut(ref ReadOnlySpan<char> version, bool digits)
    {
        int length = 0;
        while (length < version.Length && char.IsAsciiDigit(version[length]) == digits)
        {
            length++;
        }

        ReadOnlySpan<char> part = version[..length];
        version = version[length..];
        return part;
    }

    private static int CompareText(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (int at = 0; at < left.Length || at < right.Length; at++)
        {
            int order = Weigh(left, at).CompareTo(Weigh(right, at));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    // A tilde comes before the end, so that 1.0~rc1 is older than 1.0; letters come before all else.
    private static int Weigh(ReadOnlySpan<char> text, int at) => at >= text.Length ? 0 : text[at] switch
    {
        '~' => -1,
        char letter when char.IsAsciiLetter(letter) => letter,
        char other => other + 256,
    };

    // As text, since a number may be longer than any integer type.
    private static int CompareDigits(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }
}
