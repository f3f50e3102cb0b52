using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>Finds out what is not as it should be. One of it serves one command, since it remembers what it has learned of the store.</summary>
public sealed class TestService(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages)
{
    private MixedInodes? mixed;
    private LeftOvers? leftOvers;
    private bool? hasCopyOnWrite;

    /// <summary>Tests what concerns the store as a whole.</summary>
    public void TestStore(Action<Finding> found)
    {
        foreach (string name in Learn(CancellationToken.None).Names)
        {
            found(new Finding { Store = store.Path, Kind = FindingKind.JournalLeft, Path = UnixPath.Parse($".vserver/journal/{name}"), Detail = "A run was interrupted. The next Invoke-VServerUnify or Start-VServer puts it right, and so does Repair-VServer." });
        }

        HashSet<string> known = [.. store.GuestNames(), .. store.TemplateNames(), ".vserver", "lost+found"];
        using IFolder root = trees.OpenRoot(store.Path);
        foreach (FolderEntry entry in root.Read().Where(entry => entry.Facts.Kind == FileKind.Folder && !known.Contains(entry.Name.ToString()[1..])))
        {
            found(new Finding { Store = store.Path, Kind = FindingKind.TreeUnknown, Path = entry.Name, Detail = "No guest and no template has this folder. Take it in with New-VServer -Path, or remove it by hand." });
        }
    }

    /// <summary>Tests one guest or template.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public void Test(TestRequest request, CancellationToken cancellation)
    {
        if (TestConfiguration(request) is not { } rules)
        {
            return;
        }

        using IFolder root = trees.OpenRoot(store.TreePath(request.Name));
        if (request.Scope.HasFlag(TestScope.Store))
        {
            LeftOvers left = Learn(cancellation);
            mixed ??= new MixedInodes(store, trees, cancellation);
            hasCopyOnWrite ??= HasCopyOnWrite(cancellation);
            new StoreRules(request, store.Path, rules, mixed, left, hasCopyOnWrite.Value).Test(root, cancellation);
        }

        if (request.Scope.HasFlag(TestScope.Package) && packages.TryRead(root, request.Name) is IPackageDigests database)
        {
            WorkerPool.Run(
                PackageVerifier.Plan(root, database, cancellation),
                _ => new PackageVerifier(request, store.Path, trees, store.TreePath(request.Name)),
                static (verifier, work, token) => verifier.Verify(work, token),
                cancellation);
        }

        if (request.Scope.HasFlag(TestScope.Reference))
        {
            new ReferenceComparer(request, store, new UnifyService(store, trees, host, packages)).Compare(cancellation);
        }
    }

    // The rules for its paths; null when there is nothing to look at.
    private PathRules? TestConfiguration(TestRequest request)
    {
        try
        {
            GuestConfig? guest = store.TryReadGuest(request.Name);
            bool isIncomplete = guest?.Incomplete ?? store.TryReadTemplate(request.Name)?.Incomplete ?? false;
            if (isIncomplete)
            {
                Tell(request, FindingKind.Incomplete, "Its making or removing was interrupted. Remove it, and make it again.");
            }

            if (store.Host.FolderExists(store.TreePath(request.Name)))
            {
                return isIncomplete ? null : new PathRules(guest?.Exclude ?? []);
            }

            Tell(request, FindingKind.TreeMissing, "It has a configuration and no tree. Put the tree back from a backup, or remove it.");
        }
        catch (VServerException failure) when (failure.ErrorId == ErrorIds.GuestConfigInvalid)
        {
            Tell(request, FindingKind.ConfigurationInvalid, failure.Message);
        }

        return null;
    }

    private void Tell(TestRequest request, FindingKind kind, string detail) =>
        request.Found(new Finding { Guest = request.Name, Store = store.Path, Kind = kind, Detail = detail });

    private LeftOvers Learn(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return leftOvers ??= new LeftOvers(store, host);
    }

    private bool HasCopyOnWrite(CancellationToken cancellation) =>
        host.Probe(store.Path, cancellation).FirstOrDefault(static feature => feature.Name == "overlay") is not { Available: false };
}
