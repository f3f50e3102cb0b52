using System.Globalization;
using System.Text;

namespace VServer;

/// <summary>
/// A path or a single name inside a guest's tree: raw bytes without a leading slash and without NUL. Guests own their trees, so the bytes
/// need not be UTF-8 and may hold newlines. The empty path is the tree's root.
/// </summary>
public sealed class UnixPath : IEquatable<UnixPath>, IComparable<UnixPath>
{
    /// <summary>The root of a tree.</summary>
    public static readonly UnixPath Root = new([0]);

    // Kept with the terminating NUL, so that a system call needs no copy.
    private readonly byte[] terminated;

    private UnixPath(byte[] terminated) => this.terminated = terminated;

    /// <summary>The bytes of the path.</summary>
    public ReadOnlySpan<byte> Bytes => terminated.AsSpan(0, terminated.Length - 1);

    /// <summary>The bytes of the path and a NUL.</summary>
    public ReadOnlySpan<byte> Terminated => terminated;

    /// <summary>True for the tree's root.</summary>
    public bool IsRoot => terminated.Length == 1;

    /// <summary>The last component; the root's name is the root.</summary>
    public UnixPath Name
    {
        get
        {
            int slash = Bytes.LastIndexOf((byte)'/');
            return slash < 0 ? this : FromBytes(Bytes[(slash + 1)..]);
        }
    }

    /// <summary>The path without its last component; the root's parent is the root.</summary>
    public UnixPath Parent
    {
        get
        {
            int slash = Bytes.LastIndexOf((byte)'/');
            return slash < 0 ? Root : FromBytes(Bytes[..slash]);
        }
    }

    /// <summary>Takes raw bytes; leading slashes are dropped.</summary>
    /// <exception cref="ArgumentException">The bytes hold a NUL.</exception>
    public static UnixPath FromBytes(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimStart((byte)'/');
        if (bytes.IsEmpty)
        {
            return Root;
        }

        if (bytes.Contains((byte)0))
        {
            throw new ArgumentException("A path cannot hold a NUL byte.", nameof(bytes));
        }

        byte[] copy = new byte[bytes.Length + 1];
        bytes.CopyTo(copy);
        return new UnixPath(copy);
    }

    /// <summary>Takes text, which becomes UTF-8; leading slashes are dropped.</summary>
    public static UnixPath Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return FromBytes(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// Reads what <see cref="ToString"/> writes: a leading slash, <c>\xNN</c> for any byte. False for anything that names no file inside a
    /// tree in the one way there is: a relative path, empty components, dots, a NUL, a backslash that escapes nothing.
    /// </summary>
    public static bool TryParseDisplay(string? text, out UnixPath path)
    {
        path = Root;
        if (string.IsNullOrEmpty(text) || text[0] != '/' || !PathEscapes.TryDecode(text.AsSpan(1), out byte[] bytes) || bytes.AsSpan().Contains((byte)0))
        {
            return false;
        }

        foreach (Range part in bytes.AsSpan().Split((byte)'/'))
        {
            if (bytes.AsSpan()[part] is [] or [(byte)'.'] or [(byte)'.', (byte)'.'])
            {
                return false;
            }
        }

        path = FromBytes(bytes);
        return true;
    }

    /// <summary>The path of <paramref name="name"/> below this one; this one for the root.</summary>
    public UnixPath Combine(UnixPath name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (IsRoot || name.IsRoot)
        {
            return IsRoot ? name : this;
        }

        byte[] joined = new byte[Bytes.Length + 1 + name.Terminated.Length];
        Bytes.CopyTo(joined);
        joined[Bytes.Length] = (byte)'/';
        name.Terminated.CopyTo(joined.AsSpan(Bytes.Length + 1));
        return new UnixPath(joined);
    }

    /// <summary>True when this is <paramref name="folder"/> or lies below it.</summary>
    public bool IsWithin(UnixPath folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.IsRoot
            || (Bytes.StartsWith(folder.Bytes) && (Bytes.Length == folder.Bytes.Length || Bytes[folder.Bytes.Length] == '/'));
    }

    /// <summary>True when <see cref="Parent"/> is <paramref name="folder"/>, without making that.</summary>
    internal bool IsDirectlyIn(UnixPath folder)
    {
        int slash = Bytes.LastIndexOf((byte)'/');
        return slash < 0 ? folder.IsRoot : Bytes[..slash].SequenceEqual(folder.Bytes);
    }

    /// <inheritdoc/>
    public bool Equals(UnixPath? other) => other is not null && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UnixPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Byte order, as <c>sort</c> has it in the C locale.</summary>
    public int CompareTo(UnixPath? other) => other is null ? 1 : Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>
    /// The path as a guest sees it, with a leading slash; control characters, backslashes and bytes that are not UTF-8 are shown as
    /// <c>\xNN</c>.
    /// </summary>
    public override string ToString()
    {
        StringBuilder text = new("/", Bytes.Length + 1);
        ReadOnlySpan<byte> rest = Bytes;
        while (!rest.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(rest, out Rune rune, out int used) == System.Buffers.OperationStatus.Done;
            if (valid && !Rune.IsControl(rune) && rune.Value != '\\' && rune.Value is not (0x2028 or 0x2029))
            {
                text.Append(rune.ToString());
            }
            else
            {
                AppendEscaped(text, rest[..used]);
            }

            rest = rest[used..];
        }

        return text.ToString();
    }

    /// <summary>Equal bytes.</summary>
    public static bool operator ==(UnixPath? left, UnixPath? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Different bytes.</summary>
    public static bool operator !=(UnixPath? left, UnixPath? right) => !(left == right);

    /// <summary>Byte order.</summary>
    public static bool operator <(UnixPath? left, UnixPath? right) => left is null ? right is not null : left.CompareTo(right) < 0;

    /// <summary>Byte order.</summary>
    public static bool operator >(UnixPath? left, UnixPath? right) => right < left;

    /// <summary>Byte order.</summary>
    public static bool operator <=(UnixPath? left, UnixPath? right) => !(right < left);

    /// <summary>Byte order.</summary>
    public static bool operator >=(UnixPath? left, UnixPath? right) => !(left < right);

    private static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }
    }
}
