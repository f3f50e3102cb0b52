using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>
/// Puts back files of packages from the reference. Nothing is guessed: the reference has the same package at the same version, and its file
/// has the very digest that the guest's own database asks for. Files that were changed stay, unless that was asked for.
/// </summary>
internal sealed class FileRestorer(RepairRequest request, Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages)
{
    private const string NoReference = "There is no reference to take it from. Name one that has the package with -Reference, or install the package again in the guest.";

    private readonly Dictionary<UnixPath, FileDigest> digests = [];

    /// <summary>Puts them back.</summary>
    public void Restore(IReadOnlyList<Finding> findings, CancellationToken cancellation)
    {
        string? reference = request.Reference ?? store.TryReadGuest(request.Name)?.Reference;
        if (reference is null || reference == request.Name || !GuestName.IsValid(reference) || !store.Host.FolderExists(store.TreePath(reference)))
        {
            TellAll(findings, NoReference);
            return;
        }

        using IDisposable? reservation = request.WhatIf ? null : host.Reserve(store.Place(request.Name), shared: false);
        using IFolder root = trees.OpenRoot(store.TreePath(request.Name));
        using IFolder source = trees.OpenRoot(store.TreePath(reference));
        ReadDigests(root, source, reference);
        using Journal? journal = request.WhatIf ? null : Journal.Begin(store, [request.Name]);
        foreach (Finding finding in findings)
        {
            string? why = TryRestore(finding, root, source, journal, cancellation);
            request.Told(RepairService.Step(request, finding, why is null, why ?? $"Put back from '{reference}'."));
        }

        journal?.Complete();
    }

    private void TellAll(IReadOnlyList<Finding> findings, string why)
    {
        foreach (Finding finding in findings)
        {
            request.Told(RepairService.Step(request, finding, done: false, why));
        }
    }

    // Of packages that both have at the same version, by where the files really are in the guest.
    private void ReadDigests(IFolder root, IFolder source, string reference)
    {
        if (packages.TryRead(root, request.Name) is IPackageDigests own && packages.TryRead(source, reference) is { } other)
        {
            using FolderResolver resolver = new(root);
            foreach (FileDigest digest in own.Packages.Intersect(other.Packages).SelectMany(own.DigestsOf))
            {
                digests[resolver.ResolveFile(digest.Path) ?? digest.Path] = digest;
            }
        }
    }

    private string? TryRestore(Finding finding, IFolder root, IFolder source, Journal? journal, CancellationToken cancellation)
    {
        if (finding.Kind == FindingKind.PackageFileChanged && !request.Force)
        {
            return "It may have been changed on purpose. -Force puts it back.";
        }

        if (finding.Path is not { } path || !digests.TryGetValue(path, out FileDigest? digest))
        {
            return "The reference has not the same version of the package. Name one that has with -Reference, or install the package again in the guest.";
        }

        try
        {
            return CopyBack(path, digest, root, source, journal, cancellation);
        }
        catch (TreeException failure)
        {
            return failure.Message;
        }
    }

    private string? CopyBack(UnixPath path, FileDigest digest, IFolder root, IFolder source, Journal? journal, CancellationToken cancellation)
    {
        using FolderResolver resolver = new(source);
        UnixPath there = resolver.ResolveFile(digest.Path) ?? digest.Path;
        using IFolder? from = source.TryOpenFolder(there.Parent);
        if (from?.Find(there.Name) is not { } facts || PackageVerifier.Difference(from, there.Name, facts, digest, cancellation) is not null)
        {
            return "The reference's file is not what the package installed either. Install the package again in the guest.";
        }

        using GuestFolder target = new(request.Name, root, path.Parent, journal);
        if (target.Open() is not { } folder)
        {
            return $"Its folder '{path.Parent}' is missing. Install the package again in the guest.";
        }

        FileFacts? present = folder.Find(path.Name);
        if (present is { Kind: not FileKind.Regular })
        {
            return $"A {present.Value.Kind} is in its place. Move that away first.";
        }

        if (journal is not null)
        {
            target.BeginChange();
            Replace(from, there.Name, facts, folder, path.Name, present, journal, cancellation);
        }

        return null;
    }

    private static void Replace(
        IFolder from, UnixPath fromName, in FileFacts facts, IFolder folder, UnixPath name, FileFacts? present, Journal journal, CancellationToken cancellation)
    {
        if (facts.Kind == FileKind.SymbolicLink)
        {
            folder.CopySymbolicLink(from, fromName, name);
            return;
        }

        UnixPath temporary = journal.TemporaryName(0);
        try
        {
            folder.CopyFile(from, fromName, temporary, facts, cancellation);
            using (IFile copy = folder.OpenFile(temporary))
            {
                copy.Flush();
            }

            using LiftedSeal? seal = present is { } before ? LiftedSeal.TryLift(folder, name, before, journal) : null;
            folder.Rename(temporary, name);
        }
        catch
        {
            if (folder.Find(temporary) is not null)
            {
                folder.Unlink(temporary);
            }

            throw;
        }
    }
}
