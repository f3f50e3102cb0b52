using System.Text;

namespace VServer.Linux.Helper;

/// <summary>Texts as system calls take them.</summary>
internal static class NulText
{
    /// <summary>The text in UTF-8 with a NUL at its end.</summary>
    public static byte[] From(string text) => Encoding.UTF8.GetBytes($"{text}\0");
}
