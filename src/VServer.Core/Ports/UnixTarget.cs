using System.Text;

namespace VServer.Ports;

/// <summary>What a symbolic link holds: raw bytes, absolute or relative, never followed by us.</summary>
public sealed record UnixTarget(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Takes text, which becomes UTF-8.</summary>
    public static UnixTarget Parse(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>True when the target starts at the root.</summary>
    public bool IsAbsolute => Bytes.Length > 0 && Bytes.Span[0] == '/';
}
