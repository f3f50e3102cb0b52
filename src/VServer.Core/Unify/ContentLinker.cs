using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>What a run over contents does with inodes that become one: the names of one come to lead to the other.</summary>
internal sealed class ContentLinker(ContentRun run, ContentRecorder recorder, IReadOnlyList<RecentFolder> folders, UnixPath temporary)
{
    // As many as every file system of ours allows: ext4 has 65,000, btrfs far more, but few in one folder.
    private const uint MostLinks = 60_000;

    /// <summary>True when an inode can take all names of another.</summary>
    public static bool HasRoom(ContentClass equal, ContentClass found) =>
        equal.Inode.Facts.LinkCount + equal.Gained + found.Inode.Names.Count <= MostLinks;

    /// <summary>True when nothing but bytes and attributes, which are compared next, can keep two apart.</summary>
    public bool MayBeOneInode(ContentClass left, ContentClass right) =>
        run.TakesLinks(left.Inode)
        && run.TakesLinks(right.Inode)
        && left.Inode.Facts.Device == right.Inode.Facts.Device
        && ContentKey.Of(left.Inode.Facts, run.Request.IgnoreTime) == ContentKey.Of(right.Inode.Facts, run.Request.IgnoreTime);

    /// <summary>Gives the names of an inode to one that it is equal to.</summary>
    public void Replace(ContentClass found, ContentClass equal)
    {
        foreach (ContentName name in found.Inode.Names)
        {
            FileFate fate;
            try
            {
                fate = new FileFate(run.Request.WhatIf ? null : ReplaceName(name, found, equal));
                equal.Gained += fate.Reason is null ? 1u : 0;
            }
            catch (TreeException failure)
            {
                fate = new FileFate(SkipReasons.Of(failure), failure.Message);
            }

            recorder.Record(name, found.Inode.Facts.Size, fate);
        }

        run.Plan(found.Inode, equal.Inode);
        CountSaved(found);
    }

    private SkipReason? ReplaceName(in ContentName name, ContentClass found, ContentClass equal)
    {
        IFolder? folder = folders[name.Guest].Open(run.FolderOf(name));
        if (folder?.Find(name.Name) is not { } now || !found.IsStill(now) || !equal.IsStillEqualTo(found))
        {
            return SkipReason.Changed;
        }

        run.BeginChange(name);
        equal.LiftSeal();
        using LiftedSeal? own = LiftedSeal.TryLift(folder, name.Name, now, run.Journal, isNoted: true);
        folder.Link(equal.File, temporary);
        try
        {
            folder.Rename(temporary, name.Name);
            return null;
        }
        catch (TreeException)
        {
            folder.Unlink(temporary);
            throw;
        }
    }

    private void CountSaved(ContentClass found)
    {
        ContentInode inode = found.Inode;
        if (inode.Names.Count == inode.Facts.LinkCount)
        {
            recorder.Tallies[inode.Names[^1].Guest].CountSaved(
                run.Request.SharesExtents ? (inode.Extents ?? found.File.ReadExtents()).OwnBytes : inode.Facts.AllocatedBytes);
        }
    }
}
