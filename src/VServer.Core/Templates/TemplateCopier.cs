using VServer.Guests;
using VServer.Ports;

namespace VServer.Templates;

/// <summary>One thread's share of copying a source's files to a template.</summary>
internal sealed class TemplateCopier : IDisposable
{
    private readonly IFolder source;
    private readonly IFolder target;
    private readonly EntryCopier copier;
    private readonly WorkMeter meter;

    /// <summary>Opens both trees for this thread.</summary>
    public TemplateCopier(ITreeHost trees, string source, string target, CopiedInodes copies, WorkMeter meter)
    {
        this.source = trees.OpenSystem(source);
        this.target = trees.OpenRoot(target);
        this.meter = meter;
        copier = new EntryCopier(this.target, copies);
    }

    /// <summary>Copies what belongs in one folder, which exists.</summary>
    public void Fill(TemplateFolder work, CancellationToken cancellation)
    {
        // The plan found the one, and the other was made after it.
        using IFolder from = source.TryOpenFolder(work.Path)!;
        using IFolder to = target.TryOpenFolder(work.Path)!;
        foreach (FolderEntry entry in work.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            copier.Copy(from, entry, to, work.Path.Combine(entry.Name), cancellation);
            meter.Add(1, entry.Facts.Size, work.Path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        source.Dispose();
        target.Dispose();
    }
}
