using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace VServer.Core.Tests.Hostile;

/// <summary>Makes wrong files of right ones: bytes changed, cut, doubled, and words put in that parsers trip over.</summary>
internal sealed class Mutation(byte[][] seeds, string[] words)
{
    private const int MostChanges = 6;
    private static readonly string[] Everywhere = ["\0", "\n", "\r\n", "\u001b[2J", "-1", "0", "65535", "4294967295", "99999999999999999999", "..", "/", "../../etc/shadow", "\u00ff", "null", "'", "\""];

    // A tenth of a thousand for each second that fuzzing may take in all.
    private static int Rounds => 100 * (int.TryParse(Environment.GetEnvironmentVariable("VSERVER_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out int seconds) ? seconds : 20);

    /// <summary>Hands many such files to what reads them; what breaks it is told with the file.</summary>
    public void Run(Action<byte[]> read)
    {
        for (int round = 0; round < Rounds; round++)
        {
            byte[] file = Next();
            try
            {
                read(file);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"{failure.Message} From this, in base64: {Convert.ToBase64String(file)}", failure);
            }
        }
    }

    private static byte[] Word(string word) => Encoding.Latin1.GetBytes(word);

    private byte[] Next()
    {
        List<byte> file = [.. Any(seeds)];
        int changes = RandomNumberGenerator.GetInt32(1, MostChanges);
        for (int change = 0; change < changes; change++)
        {
            int at = RandomNumberGenerator.GetInt32(file.Count + 1);
            int length = Math.Min(RandomNumberGenerator.GetInt32(1, 32), file.Count - at);
            Change(file, at, length);
        }

        return [.. file];
    }

    private void Change(List<byte> file, int at, int length)
    {
        switch (RandomNumberGenerator.GetInt32(6))
        {
            case 0 when at < file.Count:
                file[at] = (byte)RandomNumberGenerator.GetInt32(256);
                break;
            case 1:
                file.RemoveRange(at, length);
                break;
            case 2:
                file.InsertRange(at, file.GetRange(at, length));
                break;
            case 3:
                file.InsertRange(at, Word(Any(Everywhere)));
                break;
            case 4:
                file.RemoveRange(at, length);
                file.InsertRange(at, Word(Any(words)));
                break;
            default:
                file.InsertRange(at, Any(seeds));
                break;
        }
    }

    private static T Any<T>(T[] items) => items[RandomNumberGenerator.GetInt32(items.Length)];
}
