using VServer.Errors;
using VServer.Ports;

namespace VServer.Unify;

/// <summary>
/// One thread's share of a run: takes a folder of the reference, and offers each file in it to all guests while its bytes are still in
/// the processor's cache.
/// </summary>
internal sealed class UnifyWorker : IDisposable
{
    private readonly UnifyRun run;
    private readonly UnixPath temporary;
    private readonly IFolder referenceRoot;
    private readonly IFolder[] roots;
    private readonly UnifyRecorder recorder;

    public UnifyWorker(UnifyRun run, int number)
    {
        this.run = run;
        temporary = run.Journal?.TemporaryName(number) ?? UnixPath.Root;
        referenceRoot = run.Trees.OpenRoot(run.ReferenceTree);
        roots = [.. run.Guests.Select(guest => run.Trees.OpenRoot(guest.Tree))];
        recorder = new UnifyRecorder(run);
    }

    /// <summary>What happened, guest by guest.</summary>
    public IReadOnlyList<GuestTally> Tallies => recorder.Tallies;

    /// <summary>Does one folder.</summary>
    public void Work(FolderWork work, CancellationToken cancellation)
    {
        using GuestFolder reference = new(run.Request.Reference ?? "", referenceRoot, work.Path, run.Journal);
        GuestFolder[] folders = [.. run.Guests.Select((guest, index) => new GuestFolder(guest.Name, roots[index], work.Path, run.Journal))];
        try
        {
            foreach (Candidate candidate in work.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                Offer(reference, work.Path, candidate, folders, cancellation);
            }
        }
        finally
        {
            Array.ForEach(folders, folder => folder.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        referenceRoot.Dispose();
        Array.ForEach(roots, root => root.Dispose());
    }

    private void Offer(GuestFolder folder, UnixPath path, Candidate candidate, GuestFolder[] folders, CancellationToken cancellation)
    {
        using InodeGates.Pass pass = run.ReferenceGates.Enter(candidate.Facts);
        ReferenceFile? reference = null;
        try
        {
            for (int index = 0; index < folders.Length; index++)
            {
                if (run.Request.Planned?.Meet(run.Guests[index].Name, path.Combine(candidate.Name)) == false)
                {
                    continue;
                }

                FileFate fate = OfferTo(index, folder, path, candidate, folders[index], ref reference, cancellation);
                recorder.Record(index, path, candidate, fate);
            }
        }
        finally
        {
            reference?.Dispose();
        }
    }

    private FileFate OfferTo(
        int index, GuestFolder folder, UnixPath path, Candidate candidate, GuestFolder guestFolder, ref ReferenceFile? reference, CancellationToken cancellation)
    {
        try
        {
            if (run.Guests[index].Refuses(path, candidate) is { } refused)
            {
                return new FileFate(refused);
            }

            FileFacts? facts = guestFolder.Open()?.Find(candidate.Name);
            using InodeGates.Pass pass = facts is { } seen && !seen.IsSameInode(candidate.Facts) ? run.GuestGates.Enter(seen) : default;
            facts = pass.IsHeld ? guestFolder.Open()?.Find(candidate.Name) : facts;
            if (run.Request.Planned?.Change(run.Guests[index].Name, path.Combine(candidate.Name), candidate.Facts, facts) is { } change)
            {
                return new FileFate(SkipReason.Changed, change);
            }

            SkipReason? refusal = RefuseByFacts(candidate, facts, out string difference);
            bool lacksSeal = refusal == SkipReason.AlreadyShared && run.LacksSeal(candidate.Facts);
            SkipReason whyNot = SkipReason.Changed;
            if (refusal is null || lacksSeal)
            {
                reference ??= folder.Open() is null ? null : ReferenceFile.TryOpen(folder, candidate, temporary, run.Request.Guard, out whyNot);
            }

            if (lacksSeal)
            {
                reference?.Seal();
            }

            if (refusal is { } reason)
            {
                return new FileFate(reason, difference);
            }

            // Both were open when their facts were asked for.
            FileFate fate = reference is null ? new FileFate(whyNot, "reference") : Share(index, candidate.Name, facts!.Value, reference, guestFolder, cancellation);
            if (fate.Reason is null && run.Request.Plan is { } plan)
            {
                UnixPath file = path.Combine(candidate.Name);
                plan(PlanMaker.Entry(
                    new PlannedFile(run.Guests[index].Name, file, facts!.Value), new PlannedFile(run.Request.Reference ?? "", file, candidate.Facts)));
            }

            return fate;
        }
        catch (TreeException failure)
        {
            return new FileFate(SkipReasons.Of(failure), failure.Message);
        }
    }

    private SkipReason? RefuseByFacts(in Candidate candidate, FileFacts? facts, out string difference)
    {
        difference = "";
        if (facts is not { } other)
        {
            return SkipReason.NotInReference;
        }

        if (other.Kind != FileKind.Regular)
        {
            return SkipReason.NotRegular;
        }

        if (other.IsSameInode(candidate.Facts))
        {
            return SkipReason.AlreadyShared;
        }

        if (other.Device != candidate.Facts.Device && !run.Request.Reflinks)
        {
            return SkipReason.OtherFileSystem;
        }

        if (other.Size != candidate.Facts.Size)
        {
            difference = FateDetail.Sizes(candidate.Facts.Size, other.Size);
            return SkipReason.ContentDiffers;
        }

        difference = MetadataGate.Difference(candidate.Facts, other, run.Request.IgnoreTime) ?? "";
        if (difference.Length > 0 && !run.Request.Reflinks)
        {
            return SkipReason.MetadataDiffers;
        }

        (UInt128 Left, UInt128 Right)? known = run.Memory.FindDifference(candidate.Facts, other);
        difference = known is { } both ? FateDetail.Digests(both.Left, both.Right) : "";
        return known is null ? null : SkipReason.ContentDiffers;
    }

    private FileFate Share(
        int index, UnixPath name, in FileFacts found, ReferenceFile reference, GuestFolder guestFolder, CancellationToken cancellation)
    {
        IFolder folder = guestFolder.Open()!; // The file's facts came from it.
        using IFile file = folder.OpenFile(name);
        using IDisposable? exclusion = file.TryExcludeWriters();
        if (exclusion is null)
        {
            return new FileFate(SkipReason.OpenForWriting);
        }

        FileFacts before = file.Facts;
        if (before.IsSameInode(reference.Facts))
        {
            // The reference was renewed, or another name of this inode was done before.
            return new FileFate(SkipReason.AlreadyShared);
        }

        if (!before.IsUnchangedSince(found))
        {
            return new FileFate(SkipReason.Changed);
        }

        if (!MayBeOneInode(index, before, file, reference))
        {
            return run.Request.Reflinks ? Reflink(index, before, file, reference, cancellation) : new FileFate(SkipReason.MetadataDiffers, recorder.IsExplained ? FateDetail.Attributes(reference.File, file) : "");
        }

        if (!file.HasSameContent(reference.File, cancellation))
        {
            return Learn(file, reference, cancellation);
        }

        return run.Request.WhatIf ? recorder.RecordLinked(index, before, file) : Replace(index, name, before, file, reference, guestFolder);
    }

    // Where extents cannot be shared, the facts were judged before the file was opened.
    private bool MayBeOneInode(int index, in FileFacts facts, IFile file, ReferenceFile reference) =>
        run.Guests[index].TakesLinks
        && facts.Device == reference.Facts.Device
        && MetadataGate.Difference(reference.Facts, facts, run.Request.IgnoreTime) is null
        && file.HasSameAttributes(reference.File);

    private FileFate Reflink(int index, in FileFacts facts, IFile file, ReferenceFile reference, CancellationToken cancellation)
    {
        FileFate fate = ExtentUnifier.Share(file, reference.File, reference.Extents, run.Request.WhatIf, out long freed, cancellation);
        if (fate.Reason is null)
        {
            Tallies[index].CountReflinked(facts.Size, freed);
        }

        return fate.Reason == SkipReason.ContentDiffers ? Learn(file, reference, cancellation) : fate;
    }

    // No later run reads the two again while neither changes.
    private FileFate Learn(IFile file, ReferenceFile reference, CancellationToken cancellation)
    {
        UInt128 theirs = run.Memory.Learn(file, cancellation);
        return new FileFate(SkipReason.ContentDiffers, FateDetail.Digests(reference.Learn(run.Memory, cancellation), theirs));
    }

    private FileFate Replace(
        int index, UnixPath name, in FileFacts before, IFile file, ReferenceFile reference, GuestFolder guestFolder)
    {
        IFolder folder = guestFolder.Open()!; // The file was opened in it.
        if (folder.Find(name) is not { } now || !now.IsUnchangedSince(before) || !reference.IsStillEqualTo(file))
        {
            return new FileFate(SkipReason.Changed);
        }

        guestFolder.BeginChange();
        using LiftedSeal? seal = LiftedSeal.TryLift(folder, name, now, run.Journal);
        reference.LinkTo(folder, temporary);
        try
        {
            folder.Rename(temporary, name);
        }
        catch (TreeException)
        {
            folder.Unlink(temporary);
            throw;
        }

        return recorder.RecordLinked(index, before, file);
    }
}
