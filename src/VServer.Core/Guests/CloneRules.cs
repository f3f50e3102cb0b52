using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Decides what a copy gets in place of each entry of its reference, as vbuild did it.</summary>
/// <param name="Shareable">Which files may be linked.</param>
/// <param name="Identity">What tells one system from another.</param>
/// <param name="Excluded">Files that may not be linked for another name of theirs; looked for when a file with several names is met.</param>
internal sealed record CloneRules(ShareableFiles Shareable, IdentityRules Identity, Lazy<ExcludedInodes> Excluded)
{
    /// <summary>Decides about one entry.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="shareable">What <see cref="ShareableFiles.In"/> says of its folder.</param>
    /// <param name="identity">What <see cref="IdentityRules.In"/> says of its folder.</param>
    /// <param name="mount">The mount that the tree is seen through.</param>
    public CloneDecision Decide(
        UnixPath path, in FolderEntry entry, IReadOnlySet<UnixPath>? shareable, IReadOnlyList<IdentityRule> identity, ulong mount)
    {
        FileKind kind = entry.Facts.Kind;
        if (IdentityRules.Ask(identity, path, kind) is { } action)
        {
            return new CloneDecision(action, action == CopyAction.Emptied ? CopyReason.Log : CopyReason.Identity);
        }

        if (kind == FileKind.Socket)
        {
            return new CloneDecision(CopyAction.LeftOut, CopyReason.Socket);
        }

        if (entry.Facts.MountId != mount)
        {
            // A folder that something is mounted on is made, and what is mounted there is no part of the tree.
            return new CloneDecision(kind == FileKind.Folder ? CopyAction.Made : CopyAction.LeftOut, CopyReason.OtherFileSystem);
        }

        return kind == FileKind.Regular
            ? DecideRegular(entry.Facts, ByOtherNames(entry.Facts, Shareable.Ask(shareable, entry.Name, path)))
            : new CloneDecision(CopyAction.Made, CopyReason.Kind);
    }

    private CopyReason ByOtherNames(in FileFacts facts, CopyReason reason) =>
        reason == CopyReason.Shareable && facts.LinkCount > 1 && Excluded.Value.Find(facts) is not null ? CopyReason.Excluded : reason;

    // An empty file is no saving; what can only be appended to gets no other name.
    private static CloneDecision DecideRegular(in FileFacts facts, CopyReason reason) =>
        reason != CopyReason.Shareable ? new CloneDecision(CopyAction.Copied, reason)
        : facts.Size == 0 ? new CloneDecision(CopyAction.Copied, CopyReason.Empty)
        : facts.Flags.HasFlag(InodeFlags.AppendOnly) ? new CloneDecision(CopyAction.Copied, CopyReason.Denied)
        : new CloneDecision(CopyAction.Linked, reason);
}
