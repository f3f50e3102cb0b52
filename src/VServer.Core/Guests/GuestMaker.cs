using VServer.Errors;
using VServer.Packages;
using VServer.Ports;
using VServer.Templates;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Makes guests: out of templates, whose package files they share, or out of trees that exist. One maker makes many guests faster than many makers.</summary>
public sealed class GuestMaker(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages, TimeProvider clock)
{
    private readonly ShareableCache shareable = new(packages);

    /// <summary>Makes a guest, or leaves nothing of it behind.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="VServerException">It could not be made.</exception>
    public string Create(NewGuest request, CancellationToken cancellation)
    {
        GuestIdentity identity = GuestIdentity.Create(request.HostName ?? request.Name);
        store.CheckFree(request.Name);
        StoreGround.Check(store, trees);
        using Reservations reservations = new(host);
        reservations.Add(store.Place(request.Name), shared: false);
        if (request.Tree is { } tree)
        {
            Adopt(request, identity, new TreeAdoption(store, trees).Check(tree));
        }
        else
        {
            string template = request.Template ?? throw new ArgumentException("A guest needs a template or a tree.", nameof(request));
            TemplateConfig original = store.ReadTemplate(template);
            reservations.Add(store.Place(template), shared: true);
            Clone(request, identity, original, cancellation);
        }

        return request.Name;
    }

    private void Adopt(NewGuest request, GuestIdentity identity, string tree)
    {
        AllOrNothing.Run(
            request.Name,
            () =>
            {
                // Complete before the tree is moved: a guest marked incomplete may be removed, and this tree is not ours to lose.
                store.Save(Describe(request, identity, reference: null, request.TrustGroup));
                store.Host.Move(tree, store.TreePath(request.Name));
            },
            () => store.DeleteGuest(request.Name));
    }

    private void Clone(NewGuest request, GuestIdentity identity, TemplateConfig template, CancellationToken cancellation)
    {
        using IFolder original = OpenTemplate(template.Name);
        CheckConfigurationFolder(original, template.Name);
        PackageFiles shared = shareable.Get(original, template.Name, cancellation);
        GuestConfig config = Describe(request, identity, template.Name, request.TrustGroup ?? template.TrustGroup);
        AllOrNothing.Run(
            request.Name,
            () =>
            {
                store.Save(config with { Incomplete = true });
                Fill(request, identity, original, template.Name, shared, cancellation);
                store.Save(config);
            },
            () => Forget(request.Name));
    }

    private void Fill(
        NewGuest request, GuestIdentity identity, IFolder original, string template, PackageFiles shared, CancellationToken cancellation)
    {
        using (IFolder folder = trees.OpenRoot(store.Path))
        {
            folder.CreateFolder(UnixPath.Parse(request.Name), original.Facts.Permissions).Dispose();
        }

        using FolderQueue queue = new();
        queue.Add(UnixPath.Root);
        CloneOrder order = new(
            store.TreePath(template), store.TreePath(request.Name), shared, queue, new WorkMeter(request.Progress, total: 0));
        WorkerPool.Run(
            [.. Enumerable.Range(0, Environment.ProcessorCount)],
            _ => new TreeCloner(order, trees),
            (cloner, _, token) => queue.Drain(path => cloner.Fill(path, token), token),
            cancellation);

        using IFolder root = trees.OpenRoot(store.TreePath(request.Name));
        IdentityFiles.Write(root, original, identity);
        trees.Flush(root);
    }

    private void Forget(string name)
    {
        store.Host.DeleteTree(store.TreePath(name), CancellationToken.None);
        store.DeleteGuest(name);
    }

    private IFolder OpenTemplate(string name)
    {
        try
        {
            return trees.OpenRoot(store.TreePath(name));
        }
        catch (TreeException failure)
        {
            throw Invalid(name, failure.Message, failure);
        }
    }

    // The guest's own files are written there; a symlink could only lead somewhere else.
    private static void CheckConfigurationFolder(IFolder original, string name)
    {
        if (original.Find(UnixPath.Parse("etc")) is { Kind: not FileKind.Folder } facts)
        {
            throw Invalid(name, $"its /etc is no folder but a {facts.Kind}.", null);
        }
    }

    private static VServerException Invalid(string template, string why, TreeException? inner) => new(
        ErrorIds.TreeInvalid,
        inner?.Kind ?? ErrorKind.InvalidData,
        template,
        $"The tree of the template '{template}' cannot be used: {why} Remove the template with Remove-VServerTemplate {template} and make it again.",
        inner);

    private GuestConfig Describe(NewGuest request, GuestIdentity identity, string? reference, string? trustGroup) => new()
    {
        Name = request.Name,
        Created = clock.GetUtcNow(),
        Reference = reference,
        TrustGroup = trustGroup ?? "default",
        HostName = identity.HostName,
        IdBase = IdBlocks.Choose(store),
        Privileged = request.Privileged,
        Init = request.Init,
        Command = request.Command,
        Network = request.Network,
        Delta = request.Delta,
        Priority = request.Priority,
    };
}
