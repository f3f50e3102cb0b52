using VServer.Ports;

namespace VServer.Unify;

/// <summary>The third gate: what must be equal beside the bytes, as far as the kernel's facts tell it. Extended attributes are compared on the open files.</summary>
public static class MetadataGate
{
    // Guards are put on and taken off by us, so they are no difference.
    internal const InodeFlags Guards = InodeFlags.Immutable | InodeFlags.Verity;

    /// <summary>Names the first difference, or null when there is none.</summary>
    public static string? Difference(in FileFacts reference, in FileFacts other, bool ignoreTime)
    {
        if (reference.Permissions != other.Permissions)
        {
            return "mode";
        }

        if (reference.UserId != other.UserId || reference.GroupId != other.GroupId)
        {
            return "owner";
        }

        if ((reference.Flags & ~Guards) != (other.Flags & ~Guards))
        {
            return "flags";
        }

        return ignoreTime || reference.Modified == other.Modified ? null : "mtime";
    }
}
