using VServer.Ports;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Decides what a copy gets in place of each entry of its reference, as vbuild did it.</summary>
/// <param name="Shareable">Which files may be linked.</param>
/// <param name="Identity">What tells one system from another.</param>
/// <param name="Excluded">Files that may not be linked for another name of theirs.</param>
internal sealed record CloneRules(ShareableFiles Shareable, IdentityRules Identity, ExcludedInodes Excluded)
{
    /// <summary>Decides about one entry.</summary>
    /// <param name="folder">The folder it is in.</param>
    /// <param name="shareable">What <see cref="ShareableFiles.In"/> says of that folder.</param>
    /// <param name="identity">What <see cref="IdentityRules.In"/> says of that folder.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="mount">The mount that the tree is seen through.</param>
    public CloneDecision Decide(
        UnixPath folder, IReadOnlyDictionary<UnixPath, CopyReason>? shareable, IReadOnlyList<IdentityRule> identity, in FolderEntry entry, ulong mount)
    {
        FileKind kind = entry.Facts.Kind;
        CopyReason reason = kind == FileKind.Regular ? Shareable.Ask(shareable, folder, entry.Name) : CopyReason.Kind;
        CopyAction? own = identity.Count == 0 ? null : IdentityRules.Ask(identity, folder.Combine(entry.Name), kind);
        if (own is { } action)
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

        return kind == FileKind.Regular ? DecideRegular(entry.Facts, ByOtherNames(entry.Facts, reason)) : new CloneDecision(CopyAction.Made, CopyReason.Kind);
    }

    private CopyReason ByOtherNames(in FileFacts facts, CopyReason reason) =>
        reason == CopyReason.Shareable && Excluded.Find(facts) is not null ? CopyReason.Excluded : reason;

    // An empty file is no saving; what can only be appended to gets no other name.
    private static CloneDecision DecideRegular(in FileFacts facts, CopyReason reason) =>
        reason != CopyReason.Shareable ? new CloneDecision(CopyAction.Copied, reason)
        : facts.Size == 0 ? new CloneDecision(CopyAction.Copied, CopyReason.Empty)
        : facts.Flags.HasFlag(InodeFlags.AppendOnly) ? new CloneDecision(CopyAction.Copied, CopyReason.Denied)
        : new CloneDecision(CopyAction.Linked, reason);
}
