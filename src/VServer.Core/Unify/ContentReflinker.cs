namespace VServer.Unify;

/// <summary>What a run over contents does with inodes that stay apart: they come to share their bytes on disk.</summary>
internal sealed class ContentReflinker(ContentRun run, ContentRecorder recorder)
{
    /// <summary>Shares an inode's bytes with those of an equal one.</summary>
    /// <returns>True when the inode is still to be offered to others: as the first of its bytes, or for links.</returns>
    public bool Share(ContentClass found, IReadOnlyList<ContentClass> classes, CancellationToken cancellation)
    {
        if (found.Inode.Extents is { HasBlocks: false })
        {
            return true;
        }

        // By place first: what an earlier run did is known without reading a byte.
        foreach (ContentClass other in classes.Where(other => other != found && !found.IsKnownToDiffer(other)).OrderByDescending(other => IsSamePlace(found, other)))
        {
            FileFate fate = ExtentUnifier.Share(
                found.File, other.File, other.Inode.Extents ?? default, run.Request.WhatIf, out long freed, cancellation);
            if (fate.Reason != SkipReason.ContentDiffers)
            {
                Take(found, other, fate, freed);
                return run.TakesLinks(found.Inode);
            }

            found.Learn(other, cancellation);
        }

        return true;
    }

    private static bool IsSamePlace(ContentClass left, ContentClass right) =>
        left.Inode.Extents is { } here && right.Inode.Extents is { } there && here.IsSamePlace(there);

    private void Take(ContentClass found, ContentClass other, in FileFate fate, long freed)
    {
        recorder.Record(found.Inode, fate);
        found.IsTold = true;
        other.HasTwin = true;
        if (fate.Reason is null)
        {
            recorder.Tallies[found.Inode.Names[0].Guest].CountSaved(freed);
            found.Inode.Extents = other.Inode.Extents;
            run.Plan(found.Inode, other.Inode);
        }
    }
}
