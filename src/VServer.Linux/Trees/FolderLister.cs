using System.Buffers;
using System.Buffers.Binary;
using VServer.Linux.Interop;

namespace VServer.Linux.Trees;

/// <summary>Reads the names in a folder by getdents64.</summary>
internal static class FolderLister
{
    /// <summary>Where a record of getdents64 keeps its length.</summary>
    public const int RecordLengthOffset = 16;

    /// <summary>Where a record of getdents64 keeps its name.</summary>
    public const int NameOffset = 19;

    private const int BufferLength = 32 * 1024;

    /// <summary>Goes back to the first name, where the folder was read before.</summary>
    public static void Rewind(FileDescriptor folder, UnixPath path) =>
        LSeek.Seek(folder, 0, LSeek.FromStart).ThrowIfFailed("lseek", "read the folder", path);

    /// <summary>All names but <c>.</c> and <c>..</c>, in the file system's order.</summary>
    /// <param name="folder">The folder, open anew; its offset is moved.</param>
    /// <param name="path">Where it is, for messages.</param>
    public static List<UnixPath> Read(FileDescriptor folder, UnixPath path)
    {
        List<UnixPath> names = [];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                NativeResult result = GetDents64.Read(folder, buffer);
                result.ThrowIfFailed("getdents64", "read the folder", path);
                if (result.Value == 0)
                {
                    return names;
                }

                Take(buffer.AsSpan(0, (int)result.Value), names);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Take(ReadOnlySpan<byte> records, List<UnixPath> names)
    {
        while (!records.IsEmpty)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(records[RecordLengthOffset..]);
            ReadOnlySpan<byte> name = records[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                names.Add(UnixPath.FromBytes(name));
            }

            records = records[length..];
        }
    }
}
