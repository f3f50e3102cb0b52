using VServer.Errors;
using VServer.Guests;
using VServer.Ports;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>Removes temporary names of runs that are over, where the file has another name; else it might be the guest's own.</summary>
internal sealed class LeftOverRemover(RepairRequest request, Store store, ITreeHost trees, IGuestHost host)
{
    /// <summary>Removes them.</summary>
    public void Remove(IEnumerable<Finding> findings)
    {
        using IDisposable? reservation = request.WhatIf ? null : host.Reserve(store.Place(request.Name), shared: false);
        using IFolder root = trees.OpenRoot(store.TreePath(request.Name));
        foreach (Finding finding in findings)
        {
            string? why = TryRemove(root, finding.Path ?? UnixPath.Root);
            request.Told(RepairService.Step(request, finding, why is null, why ?? "The left-over name was removed."));
        }
    }

    private string? TryRemove(IFolder root, UnixPath path)
    {
        try
        {
            using IFolder? folder = root.TryOpenFolder(path.Parent);
            if (folder?.Find(path.Name) is not { LinkCount: > 1 } facts)
            {
                return "It is the file's only name, so it may be the guest's own. Remove it by hand when it is not.";
            }

            if (!request.WhatIf)
            {
                LiftedSeal.Unlink(folder, path.Name, facts);
            }

            return null;
        }
        catch (TreeException failure)
        {
            return failure.Message;
        }
    }
}
