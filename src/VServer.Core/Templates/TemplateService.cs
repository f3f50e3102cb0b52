using VServer.Errors;
using VServer.Guests;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Templates;

/// <summary>The templates of a store.</summary>
public sealed class TemplateService(Store store, IGuestHost host)
{
    /// <summary>Templates whose name passes, in ordinal order, one by one as they are known.</summary>
    public IEnumerable<Template> Find(Func<string, bool> filter) => store.TemplateNames().Where(filter).Select(Get);

    /// <summary>One template, an incomplete one too.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.TemplateNotFound"/>, <see cref="ErrorIds.GuestConfigInvalid"/>.</exception>
    public Template Get(string name) => Describe(store, Read(name));

    /// <summary>Removes a template; guests made from it keep their files.</summary>
    /// <param name="name">The template.</param>
    /// <param name="cancellation">Leaves what is left of it marked incomplete, to be removed again.</param>
    /// <exception cref="VServerException"><see cref="ErrorIds.TemplateNotFound"/>, <see cref="ErrorIds.GuestBusy"/>: it is being made, or guests are made of it.</exception>
    public void Remove(string name, CancellationToken cancellation)
    {
        Read(name);
        using IDisposable reservation = host.Reserve(store.Place(name), shared: false);
        store.Save(Read(name) with { Incomplete = true });
        new TreeRemoval(store).Run(name, store.TreePath(name), cancellation);
        store.DeleteTemplate(name);
    }

    internal static Template Describe(Store store, TemplateConfig config) => new()
    {
        Name = config.Name,
        Store = store.Path,
        Path = store.TreePath(config.Name),
        Incomplete = config.Incomplete,
        Source = config.Source,
        Requested = config.Requested,
        MissingFiles = config.MissingFiles,
        TrustGroup = config.TrustGroup,
        Created = config.Created,
    };

    // ReadTemplate refuses an incomplete one, and says which are missing.
    private TemplateConfig Read(string name) => store.TryReadTemplate(GuestName.Check(name)) ?? store.ReadTemplate(name);
}
