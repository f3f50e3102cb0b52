using VServer.Ports;

namespace VServer.Unify;

/// <summary>The third gate: what must be equal beside the bytes, as far as the kernel's facts tell it. Extended attributes are compared on the open files.</summary>
public static class MetadataGate
{
    // Guards are put on and taken off by us, so they are no difference.
    internal const InodeFlags Guards = InodeFlags.Immutable | InodeFlags.Verity;

    /// <summary>Tells the first difference with both values, or null when there is none.</summary>
    public static string? Difference(in FileFacts reference, in FileFacts other, bool ignoreTime)
    {
        if (reference.Permissions != other.Permissions)
        {
            return FateDetail.Both("mode", $"{Octal(reference.Permissions)}", $"{Octal(other.Permissions)}");
        }

        if (reference.UserId != other.UserId || reference.GroupId != other.GroupId)
        {
            return FateDetail.Both("owner", $"{reference.UserId}:{reference.GroupId}", $"{other.UserId}:{other.GroupId}");
        }

        if ((reference.Flags & ~Guards) != (other.Flags & ~Guards))
        {
            return FateDetail.Both("flags", $"{reference.Flags & ~Guards}", $"{other.Flags & ~Guards}");
        }

        return ignoreTime || reference.Modified == other.Modified
            ? null
            : FateDetail.Both("mtime", $"{reference.Modified}", $"{other.Modified}");
    }

    /// <summary>
    /// True when a file that was judged equal to another still is, just before it gives the other its inode: the lease keeps writers out, and
    /// nobody from changing the mode, the owner or an attribute.
    /// </summary>
    /// <param name="file">The file whose inode stays.</param>
    /// <param name="judged">Its facts when it was judged.</param>
    /// <param name="other">The other file.</param>
    /// <param name="isOurs">True when its ctime was changed by names and guards of ours, and tells nothing any more.</param>
    internal static bool IsStill(IFile file, in FileFacts judged, IFile other, bool isOurs)
    {
        FileFacts now = file.Facts;
        return now.IsUnwrittenSince(judged)
            && Difference(judged, now, ignoreTime: false) is null
            && (isOurs || now.Changed == judged.Changed || file.HasSameAttributes(other));
    }

    /// <summary>The twelve mode bits as they are usually written.</summary>
    internal static string Octal(uint permissions) => "0" + Convert.ToString(permissions, 8).PadLeft(3, '0');
}
