using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Templates;

/// <summary>Makes templates out of the packages of a running system, as virtfs copied its template from the main server.</summary>
public sealed class TemplateMaker(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages, TimeProvider clock)
{
    private const uint FolderPermissions = 0b111_101_101;

    /// <summary>Makes a template, or leaves nothing of it behind.</summary>
    /// <exception cref="VServerException">It could not be made.</exception>
    public Template Create(NewTemplate request, CancellationToken cancellation)
    {
        StoreGround.Check(store, trees);
        using Reservations reservations = new(host);
        reservations.AddNew(store, request.Name);
        using IFolder source = OpenSource(request.Source);
        IPackageSource database = ReadPackages(source, request.Source);
        IReadOnlyList<InstalledPackage> selected = database.Select(request.Packages);
        IdentityRules identity = IdentityRules.For(store, source);
        TemplatePlan plan = TemplatePlan.Make(source, PackageFiles.All(source, database, selected, cancellation), identity, cancellation);
        TemplateConfig config = new()
        {
            Name = request.Name,
            Created = clock.GetUtcNow(),
            Source = request.Source == "/" ? "host" : request.Source,
            Requested = request.Packages,
            TrustGroup = request.TrustGroup,
            MissingFiles = plan.Missing,
        };
        AllOrNothing.Run(
            request.Name,
            () =>
            {
                store.Save(config with { Incomplete = true });
                Make(request, source, database, selected, plan, identity, cancellation);
                store.Save(config);
            },
            () => Forget(request.Name));
        return TemplateService.Describe(store, config);
    }

    private void Make(
        NewTemplate request,
        IFolder source,
        IPackageSource database,
        IReadOnlyList<InstalledPackage> selected,
        TemplatePlan plan,
        IdentityRules identity,
        CancellationToken cancellation)
    {
        using IFolder target = MakeFolders(request.Name, plan);
        CopiedInodes copies = new();
        WorkMeter meter = new(request.Progress, plan.Work.Sum(static folder => (long)folder.Entries.Count));
        WorkerPool.Run(
            plan.Work,
            _ => new TemplateCopier(trees, request.Source, store.TreePath(request.Name), copies, meter),
            static (copier, folder, token) => copier.Fill(folder, token),
            cancellation);

        GeneratedFiles.Copy(
            source, target, selected.Select(static package => package.Name).ToHashSet(), new EntryCopier(target, copies), cancellation);
        SystemFiles.Write(target);
        new TemplateAccounts(source, target).Write(plan.Groups, clock.GetUtcNow());
        identity.Write(target, identity.ToWrite(target), new GuestIdentity(request.Name, MachineId: ""));
        database.WriteTo(target, selected, cancellation);
        CopyFolderMetadata(source, target, plan);
        trees.Flush(target);
    }

    private IFolder MakeFolders(string name, TemplatePlan plan)
    {
        using IFolder folder = trees.OpenRoot(store.Path);
        IFolder target = folder.CreateFolder(UnixPath.Parse(name), FolderPermissions);
        try
        {
            SystemFolders.Make(target);
            foreach (UnixPath path in plan.Folders)
            {
                target.OpenOrCreateFolder(path, FolderPermissions).Dispose();
            }

            return target;
        }
        catch
        {
            target.Dispose();
            throw;
        }
    }

    // Last, since every name made in a folder has changed its time.
    private static void CopyFolderMetadata(IFolder source, IFolder target, TemplatePlan plan)
    {
        foreach (UnixPath path in plan.Folders.Where(path => !SystemFolders.IsOwn(path)))
        {
            using IFolder? from = source.TryOpenFolder(path);
            using IFolder? to = target.TryOpenFolder(path);
            if (from is not null)
            {
                to?.CopyMetadataFrom(from);
            }
        }
    }

    private void Forget(string name)
    {
        store.Host.DeleteTree(store.TreePath(name), CancellationToken.None);
        store.DeleteTemplate(name);
    }

    private IFolder OpenSource(string path)
    {
        try
        {
            return trees.OpenSystem(path);
        }
        catch (TreeException failure)
        {
            throw new VServerException(
                ErrorIds.TreeInvalid,
                failure.Kind,
                path,
                $"'{path}' cannot be the source of a template: {failure.Message}",
                failure);
        }
    }

    private IPackageSource ReadPackages(IFolder source, string path)
    {
        IPackageDatabase database = packages.TryRead(source, path) ?? throw new VServerException(
            ErrorIds.PackageDatabaseMissing,
            ErrorKind.NotFound,
            path,
            $"The system at '{path}' has no package database of a known format, so its packages cannot be copied. Name a system with dpkg, or adopt a whole tree with New-VServer -Path.");
        return database as IPackageSource ?? throw new VServerException(
            ErrorIds.HostUnsupported,
            ErrorKind.Unsupported,
            path,
            $"The packages of '{path}' are kept by {database.Format}, and copying some of them to a template is only possible with dpkg. Adopt a whole tree with New-VServer -Path.");
    }
}
