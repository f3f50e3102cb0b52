using VServer.Linux.Interop;
using VServer.Ports;

namespace VServer.Linux.Trees;

/// <summary>Reads the upper layer of an overlay (Documentation/filesystems/overlayfs.rst); src/native/overlay_xattr.h has the same names.</summary>
public sealed class OverlayReader : IDeltaReader
{
    // overlayfs takes no redirect longer than this.
    private const int LongestRedirect = 257;

    private const string Prefix = "trusted.overlay.";

    private const string Escaped = "trusted.overlay.overlay.";

    private const string SettleTime = "trusted.vserver.mtime";

    /// <inheritdoc/>
    public FolderMark ReadMark(IFolder folder)
    {
        LinuxFolder upper = LinuxFolder.From(folder);
        Span<byte> value = stackalloc byte[LongestRedirect];
        if (Read(upper, "trusted.overlay.opaque\0"u8, value) is [(byte)'y', ..])
        {
            return new FolderMark(IsOpaque: true, MovedFrom: null, IsFromTop: false);
        }

        ReadOnlySpan<byte> redirect = Read(upper, "trusted.overlay.redirect\0"u8, value);
        return redirect.IsEmpty ? default : new FolderMark(IsOpaque: false, UnixPath.FromBytes(redirect), redirect[0] == '/');
    }

    /// <inheritdoc/>
    public bool IsRemoval(IFolder folder, in FolderEntry entry)
    {
        if (entry.Facts.Kind == FileKind.CharacterDevice)
        {
            return entry.Facts.SpecialDevice == 0;
        }

        return entry.Facts is { Kind: FileKind.Regular, Size: 0 } && HasWhiteoutMark(LinuxFolder.From(folder), entry.Name);
    }

    /// <inheritdoc/>
    public string? DifferentAttribute(IFolder delta, UnixPath deltaName, IFolder tree, UnixPath treeName)
    {
        IReadOnlyDictionary<string, byte[]> left = ReadAll(LinuxFolder.From(delta), deltaName);
        IReadOnlyDictionary<string, byte[]> right = ReadAll(LinuxFolder.From(tree), treeName);
        return left.Keys.Union(right.Keys).FirstOrDefault(name =>
            !left.TryGetValue(name, out byte[]? one) || !right.TryGetValue(name, out byte[]? other) || !one.AsSpan().SequenceEqual(other));
    }

    private static bool HasWhiteoutMark(LinuxFolder folder, UnixPath name)
    {
        // A guest may have taken it away; then nothing is removed by it.
        using FileDescriptor? inode = folder.TryOpenInode(name);
        if (inode is null)
        {
            return false;
        }

        ReadOnlySpan<byte> path = inode.WriteProcPath(stackalloc byte[FileDescriptor.ProcPathLength]);
        NativeResult read = GetXattr.Get(path, "trusted.overlay.whiteout\0"u8, []);
        GC.KeepAlive(inode);
        return read.Succeeded;
    }

    private static ReadOnlySpan<byte> Read(LinuxFolder folder, ReadOnlySpan<byte> attribute, Span<byte> value)
    {
        NativeResult read = FGetXattr.Get(folder.Descriptor, attribute, value);
        if (read.Error is Errno.ENODATA or Errno.EOPNOTSUPP)
        {
            return [];
        }

        read.ThrowIfFailed("fgetxattr", "read an attribute of", UnixPath.Root);
        return value[..(int)read.Value];
    }

    private static IReadOnlyDictionary<string, byte[]> ReadAll(LinuxFolder folder, UnixPath name)
    {
        using FileDescriptor? own = name.IsRoot ? null : folder.OpenInode(name);
        return AttributeReader.Read(own ?? folder.Descriptor, name, static attribute => !IsOverlays(attribute));
    }

    private static bool IsOverlays(string attribute) =>
        (attribute.StartsWith(Prefix, StringComparison.Ordinal) && !attribute.StartsWith(Escaped, StringComparison.Ordinal)) || attribute == SettleTime;
}
