using VServer.Errors;
using VServer.Networks;
using VServer.Packages;
using VServer.Ports;
using VServer.Templates;
using VServer.Unify;

namespace VServer.Guests;

/// <summary>Makes guests: out of templates, whose package files they share, or out of trees that exist. One maker makes many guests faster than many makers.</summary>
public sealed class GuestMaker(Store store, ITreeHost trees, IGuestHost host, IPackageDatabaseReader packages, TimeProvider clock)
{
    private readonly CloneMaker cloner = new(store, trees, packages);
    private readonly LimitRules limits = new(store, host);

    /// <summary>Fails when a guest cannot be made with such settings.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.MountInvalid"/>, or what the settings say of its network cannot be.</exception>
    public void Check(GuestSettings settings)
    {
        MountRules.Arrange(store, settings.Mount ?? []);
        new NetworkAssignment(store).Check(settings);
    }

    /// <summary>Makes a guest, or leaves nothing of it behind.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="VServerException">It could not be made.</exception>
    public string Create(NewGuest request, CancellationToken cancellation)
    {
        GuestIdentity identity = GuestIdentity.Create(request.HostName ?? request.Name);
        StoreGround.Check(store, trees);
        using Reservations reservations = new(host);
        reservations.AddNew(store, request.Name);
        limits.Check(request.Name, request.Settings, cancellation);
        if (request.Tree is { } tree)
        {
            Adopt(request, identity, new TreeAdoption(store, trees).Check(tree));
        }
        else
        {
            string template = request.Template ?? throw new ArgumentException("A guest needs a template or a tree.", nameof(request));
            store.ReadTemplate(template);
            reservations.Add(store.Place(template), shared: true);
            Clone(request, identity, store.ReadTemplate(template), cancellation);
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
                GuestConfig config = Describe(request, identity, reference: null, request.TrustGroup);
                new NetworkAssignment(store).Assign([config], request.Settings.Address ?? [], guests => store.Save(guests[0]));
                store.Host.Move(tree, store.TreePath(request.Name));
            },
            () => ForgetUnmoved(request.Name));
    }

    // A tree that was moved, and whose new name only could not be flushed, is a whole guest.
    private void ForgetUnmoved(string name)
    {
        if (!store.Host.FolderExists(store.TreePath(name)))
        {
            store.DeleteGuest(name);
        }
    }

    private void Clone(NewGuest request, GuestIdentity identity, TemplateConfig template, CancellationToken cancellation)
    {
        GuestConfig config = Describe(request, identity, template.Name, request.TrustGroup ?? template.TrustGroup);
        cloner.Make(
            new CloneRequest(template.Name, [(config, identity)], template.TrustGroup) { Addresses = request.Settings.Address ?? [], Progress = request.Progress },
            cancellation);
    }

    private GuestConfig Describe(NewGuest request, GuestIdentity identity, string? reference, string? trustGroup) => request.Settings.ApplyTo(new()
    {
        Name = request.Name,
        Created = clock.GetUtcNow(),
        Reference = reference,
        TrustGroup = trustGroup ?? "default",
        HostName = identity.HostName,
        IdBase = IdBlocks.Choose(store, 1)[0],
    }) with
    { Mounts = MountRules.Arrange(store, request.Settings.Mount ?? []) };
}
