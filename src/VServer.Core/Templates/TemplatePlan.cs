using VServer.Guests;
using VServer.Ports;

namespace VServer.Templates;

/// <summary>What a template will be made of: found by looking at the source for every file that the packages list.</summary>
internal sealed class TemplatePlan
{
    private readonly SortedSet<UnixPath> folders = [];
    private readonly List<TemplateFolder> work = [];
    private readonly HashSet<uint> groups = [];

    private readonly IdentityRules identity;

    private TemplatePlan(IdentityRules identity) => this.identity = identity;

    /// <summary>All folders, each after the one it is in; the root is not among them.</summary>
    public IReadOnlyCollection<UnixPath> Folders => folders;

    /// <summary>What is copied, the folder with most bytes first.</summary>
    public IReadOnlyList<TemplateFolder> Work => work;

    /// <summary>Numbers of the groups that own any of it.</summary>
    public IReadOnlySet<uint> Groups => groups;

    /// <summary>How many files the packages list that the source does not have.</summary>
    public int Missing { get; private set; }

    /// <summary>Looks at everything that is listed.</summary>
    public static TemplatePlan Make(IFolder source, PackageFiles files, IdentityRules identity, CancellationToken cancellation)
    {
        TemplatePlan plan = new(identity) { Missing = files.Missing };
        foreach (UnixPath path in files.Folders)
        {
            cancellation.ThrowIfCancellationRequested();
            plan.Add(source, path, files.In(path)!); // It is one of its folders.
        }

        plan.work.Sort(static (left, right) => right.Bytes.CompareTo(left.Bytes));
        return plan;
    }

    private void Add(IFolder source, UnixPath path, IReadOnlySet<UnixPath> names)
    {
        using IFolder? folder = source.TryOpenFolder(path);
        List<FolderEntry> entries = [];
        foreach (UnixPath name in names)
        {
            UnixPath full = path.Combine(name);
            if (folder?.Find(name) is not { } facts)
            {
                Missing++;
            }
            else if (!IsLeftOut(full, facts.Kind))
            {
                Take(full, new FolderEntry(name, facts), entries);
            }
        }

        if (entries.Count > 0)
        {
            AddFolder(path);
            work.Add(new TemplateFolder(path, entries, entries.Sum(static entry => entry.Facts.Size)));
        }
    }

    private bool IsLeftOut(UnixPath path, FileKind kind) =>
        SystemFolders.IsLeftOut(path, kind) || SystemFiles.IsLeftOut(path) || identity.IsLeftOut(path, kind);

    private void Take(UnixPath path, in FolderEntry entry, List<FolderEntry> entries)
    {
        groups.Add(entry.Facts.GroupId);
        if (entry.Facts.Kind == FileKind.Folder)
        {
            AddFolder(path);
        }
        else if (entry.Facts.Kind is FileKind.Regular or FileKind.SymbolicLink)
        {
            entries.Add(entry);
        }
    }

    private void AddFolder(UnixPath path)
    {
        for (UnixPath at = path; !at.IsRoot && folders.Add(at); at = at.Parent)
        {
        }
    }
}
