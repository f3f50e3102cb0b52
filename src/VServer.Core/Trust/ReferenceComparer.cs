using VServer.Guests;
using VServer.Unify;

namespace VServer.Trust;

/// <summary>Compares a guest's files with its reference's, as unify would before it shares them; changes nothing.</summary>
internal sealed class ReferenceComparer(TestRequest request, Store store, UnifyService unify)
{
    /// <summary>Compares; a guest without a reference, or in another trust group than it, is compared with nothing.</summary>
    public void Compare(CancellationToken cancellation)
    {
        string? reference = request.Reference ?? KnownReference();
        if (reference is null || reference == request.Name || store.TryReadGuest(request.Name) is null)
        {
            return;
        }

        unify.Unify(
            new UnifyRequest { Reference = reference, Guests = [request.Name], WhatIf = true, Files = file => Tell(reference, file), Progress = request.Progress },
            cancellation);
    }

    // What it was made from may be gone by now, or have lost its database; that is no fault of the guest.
    private string? KnownReference()
    {
        string? reference = store.TryReadGuest(request.Name)?.Reference;
        bool isThere = reference is not null
            && (store.TryReadGuest(reference) is not null || store.TryReadTemplate(reference) is { Incomplete: false })
            && store.Host.FolderExists(store.TreePath(reference));
        return isThere ? reference : null;
    }

    private void Tell(string reference, UnifyFile file)
    {
        if (file.Reason is SkipReason.ContentDiffers or SkipReason.MetadataDiffers)
        {
            string what = file.Reason == SkipReason.ContentDiffers ? "content" : file.Detail.Length > 0 ? file.Detail : "metadata";
            request.Found(new Finding
            {
                Guest = request.Name,
                Store = store.Path,
                Kind = FindingKind.ReferenceDiffers,
                Path = file.Path,
                Package = file.Package,
                Detail = $"It differs from the one of '{reference}': {what}.",
            });
        }
    }
}
