using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using VServer.Errors;
using VServer.Ports;
using VServer.Templates;

namespace VServer.Guests;

/// <summary>
/// A folder that holds guests and templates on one file system: trees as <c>STORE/NAME</c>, what belongs to the host under
/// <c>STORE/.vserver</c>, run-time state under <c>/run/vserver/STORE-ID/NAME</c>.
/// </summary>
public sealed class Store
{
    /// <summary>Where a store is when nobody says otherwise.</summary>
    public const string DefaultPath = "/vservers";

    private readonly IStoreHost host;
    private readonly string runFolder;

    private Store(string path, IStoreHost host)
    {
        Path = path;
        this.host = host;
        (ulong device, ulong inode) = host.Identify(path);
        Device = device;
        Id = string.Create(CultureInfo.InvariantCulture, $"{device:x}-{inode:x}");
        runFolder = $"/run/vserver/{Id}";
    }

    /// <summary>Absolute path of the store.</summary>
    public string Path { get; }

    /// <summary>Which folder it is: its device and inode.</summary>
    public string Id { get; }

    /// <summary>The file system it is on.</summary>
    public ulong Device { get; }

    /// <summary>The host's side of it.</summary>
    public IStoreHost Host => host;

    /// <summary>Folder of the journals of unfinished work.</summary>
    public string JournalFolder => $"{Path}/.vserver/journal";

    /// <summary>Folder of what waits for guests to be started.</summary>
    public string QueueFolder => $"{Path}/.vserver/queue";

    /// <summary>Folder of what can be made again.</summary>
    public string CacheFolder => $"{Path}/.vserver/cache";

    /// <summary>Folder of the networks of guests.</summary>
    public string NetworkFolder => $"{Path}/.vserver/networks";

    /// <summary>File in which an admin adds to the list of what tells one guest from another.</summary>
    public string IdentityPath => $"{Path}/.vserver/identity.json";

    private string GuestFolder => $"{Path}/.vserver/guests";

    private string TemplateFolder => $"{Path}/.vserver/templates";

    /// <summary>Opens a store; a missing one is as good as an empty one, but only <see cref="OpenOrCreate"/> makes it.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NotRoot"/> or <see cref="ErrorIds.StoreInvalid"/>.</exception>
    public static Store Open(string path, IStoreHost host)
    {
        string full = CheckPath(path);
        CheckRoot(full, host);
        if (!host.FolderExists(full))
        {
            throw new VServerException(
                ErrorIds.StoreInvalid,
                ErrorKind.NotFound,
                full,
                $"There is no store at '{full}'. Name one with -Store or VSERVER_STORE, or make it by making a guest or template in it.");
        }

        return new Store(full, host);
    }

    /// <summary>Opens a store and makes what is missing of it, closed to all but root: that is the wall against walking out of a guest.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NotRoot"/>, <see cref="ErrorIds.StoreReadOnly"/>, <see cref="ErrorIds.StoreFull"/>.</exception>
    public static Store OpenOrCreate(string path, IStoreHost host)
    {
        string full = CheckPath(path);
        CheckRoot(full, host);
        host.CreatePrivateFolder(full);
        Store store = new(full, host);
        foreach (string folder in new[] { store.GuestFolder, store.TemplateFolder, store.JournalFolder, store.CacheFolder, $"{full}/.vserver/delta" })
        {
            host.CreatePrivateFolder(folder);
        }

        return store;
    }

    /// <summary>Where a guest's parts are.</summary>
    public GuestPlace Place(string name) => new(
        name,
        TreePath(name),
        $"{Path}/.vserver/delta/{name}/upper",
        $"{Path}/.vserver/delta/{name}/work",
        $"{runFolder}/{name}");

    /// <summary>Folder that holds a guest's delta.</summary>
    public string DeltaFolder(string name) => $"{Path}/.vserver/delta/{name}";

    /// <summary>File of what waits for a guest to be started.</summary>
    public string QueueFile(string name) => $"{QueueFolder}/{name}.json";

    /// <summary>File that gets the output of a guest's process 1.</summary>
    public string ConsolePath(string name) => $"{Path}/.vserver/log/{name}.log";

    /// <summary>What was in it before it was begun anew for its size.</summary>
    public string OldConsolePath(string name) => $"{ConsolePath(name)}.1";

    /// <summary>Absolute path of the tree of a guest or template.</summary>
    public string TreePath(string name) => $"{Path}/{name}";

    /// <summary>Names of all guests, in ordinal order.</summary>
    public IReadOnlyList<string> GuestNames() => Names(GuestFolder);

    /// <summary>Names of all templates, in ordinal order.</summary>
    public IReadOnlyList<string> TemplateNames() => Names(TemplateFolder);

    /// <summary>True when files of the store can share bytes on disk, asked of a guest's configuration.</summary>
    internal bool SharesExtents(string guest) => host.SharesExtents(GuestFile(guest));

    /// <summary>A guest's configuration; null when there is no such guest.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestConfigInvalid"/>.</exception>
    public GuestConfig? TryReadGuest(string name) => Read(GuestFile(name), name, static config => config.Name, StoreJson.Default.GuestConfig, Invalid);

    /// <summary>A guest's configuration.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestNotFound"/>, <see cref="ErrorIds.GuestConfigInvalid"/>.</exception>
    public GuestConfig ReadGuest(string name) => TryReadGuest(GuestName.Check(name)) ?? throw new VServerException(
        ErrorIds.GuestNotFound,
        ErrorKind.NotFound,
        name,
        $"There is no guest '{name}' in the store '{Path}'. Get-VServer lists the guests there are.");

    /// <summary>A complete guest's configuration.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestNotFound"/>, <see cref="ErrorIds.GuestIncomplete"/>, <see cref="ErrorIds.GuestConfigInvalid"/>.</exception>
    public GuestConfig ReadCompleteGuest(string name)
    {
        GuestConfig config = ReadGuest(name);
        return !config.Incomplete && host.FolderExists(TreePath(name)) ? config : throw new VServerException(
            ErrorIds.GuestIncomplete,
            ErrorKind.InvalidData,
            name,
            $"The making or removing of the guest '{name}' was interrupted. Remove it with Remove-VServer {name}.");
    }

    /// <summary>A template's configuration; null when there is no such template.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.GuestConfigInvalid"/>.</exception>
    public TemplateConfig? TryReadTemplate(string name) => Read(TemplateFile(name), name, static config => config.Name, StoreJson.Default.TemplateConfig, Invalid);

    /// <summary>A complete template's configuration.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.TemplateNotFound"/>, <see cref="ErrorIds.TemplateIncomplete"/>.</exception>
    public TemplateConfig ReadTemplate(string name)
    {
        TemplateConfig config = TryReadTemplate(GuestName.Check(name)) ?? throw new VServerException(
            ErrorIds.TemplateNotFound,
            ErrorKind.NotFound,
            name,
            $"There is no template '{name}' in the store '{Path}'. Get-VServerTemplate lists the templates there are; New-VServerTemplate makes one.");
        return !config.Incomplete ? config : throw new VServerException(
            ErrorIds.TemplateIncomplete,
            ErrorKind.InvalidData,
            name,
            $"The making of template '{name}' in the store '{Path}' was interrupted. Remove it with Remove-VServerTemplate {name} and make it again.");
    }

    /// <summary>Writes a guest's configuration.</summary>
    public void Save(GuestConfig config) =>
        host.WriteAtomically(GuestFile(config.Name), JsonSerializer.SerializeToUtf8Bytes(config, StoreJson.Default.GuestConfig));

    /// <summary>Writes a template's configuration.</summary>
    public void Save(TemplateConfig config) =>
        host.WriteAtomically(TemplateFile(config.Name), JsonSerializer.SerializeToUtf8Bytes(config, StoreJson.Default.TemplateConfig));

    /// <summary>Removes what writers of small files left that were killed.</summary>
    internal void RemoveLeftOvers()
    {
        foreach (string folder in new[] { GuestFolder, TemplateFolder, QueueFolder, CacheFolder, NetworkFolder })
        {
            host.RemoveLeftOvers(folder);
        }
    }

    /// <summary>Forgets a guest.</summary>
    public void DeleteGuest(string name)
    {
        host.DeleteFile(GuestFile(name));
        host.DeleteFile(QueueFile(name));
        DeleteRunFolder(name);
    }

    /// <summary>Forgets a template.</summary>
    public void DeleteTemplate(string name)
    {
        host.DeleteFile(TemplateFile(name));
        DeleteRunFolder(name);
    }

    /// <summary>Fails when a guest, a template or anything else has the name.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NameInvalid"/>, <see cref="ErrorIds.NameTaken"/>.</exception>
    public void CheckFree(string name)
    {
        GuestName.Check(name);
        if (host.Exists(GuestFile(name)) || host.Exists(TemplateFile(name)) || host.Exists(TreePath(name)))
        {
            throw new VServerException(
                ErrorIds.NameTaken,
                ErrorKind.AlreadyExists,
                name,
                $"'{name}' is taken in the store '{Path}', by a guest, a template or a folder. Choose another name or remove what has it.");
        }
    }

    /// <summary>Names of the configurations in a folder, in ordinal order.</summary>
    internal IReadOnlyList<string> Names(string folder) =>
        [.. host.ListFiles(folder, ".json").Select(static file => file[..^".json".Length]).Where(GuestName.IsValid)];

    /// <summary>A configuration; null when there is no such file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Whose configuration it must be.</param>
    /// <param name="nameIn">The name that a configuration says it belongs to.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="invalid">Makes the failure of the name, why it cannot be used, and what was thrown.</param>
    internal T? Read<T>(string path, string name, Func<T, string> nameIn, JsonTypeInfo<T> type, Func<string, string, Exception?, VServerException> invalid)
        where T : class
    {
        byte[]? content = host.TryRead(path);
        try
        {
            T? config = content is null ? null : JsonSerializer.Deserialize(content, type) ?? throw invalid(name, "it is empty", null);
            return config is null || nameIn(config) == name ? config : throw invalid(name, $"it says it belongs to '{nameIn(config)}'", null);
        }
        catch (JsonException failure)
        {
            throw invalid(name, failure.Message, failure);
        }
    }

    private static string CheckPath(string path)
    {
        if (!System.IO.Path.IsPathFullyQualified(path))
        {
            throw new VServerException(ErrorIds.StoreInvalid, ErrorKind.InvalidArgument, path, $"'{path}' is no absolute path, so it cannot be a store.");
        }

        return System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
    }

    private static void CheckRoot(string path, IStoreHost host)
    {
        if (!host.IsRoot)
        {
            throw new VServerException(
                ErrorIds.NotRoot,
                ErrorKind.PermissionDenied,
                path,
                $"The store '{path}' belongs to root, and you are not root. Run this as root, e.g. with sudo pwsh.");
        }
    }

    private static VServerException Invalid(string name, string why, Exception? inner) => new(
        ErrorIds.GuestConfigInvalid,
        ErrorKind.InvalidData,
        name,
        $"The configuration of '{name}' cannot be used: {why}. Mend or remove its file under .vserver in the store.",
        inner);

    // The store's own goes with its last guest or template.
    private void DeleteRunFolder(string name)
    {
        bool isLast = GuestNames().Count == 0 && TemplateNames().Count == 0;
        host.DeleteTree(isLast ? runFolder : $"{runFolder}/{name}", CancellationToken.None);
    }

    private string GuestFile(string name) => $"{GuestFolder}/{name}.json";

    private string TemplateFile(string name) => $"{TemplateFolder}/{name}.json";
}
