using System.Management.Automation;
using VServer.Binding;
using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Unify;

namespace VServer.Hosting;

/// <summary>A cmdlet that shares files or takes sharing back: what it is asked for is checked against a tree, and every file's fate can be told.</summary>
public abstract class SharingCommand : VServerCommand
{
    /// <summary>Emits the fate of every file before the results.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Fails when the reference is not in the store of the guests, or is not there at all.</summary>
    private protected static string? CheckReference(VServerIdentity? reference, StoreSession session)
    {
        if (reference?.Name is not { } name)
        {
            return null;
        }

        if (reference.Store is { } home && home != session.Store.Path)
        {
            throw new VServerException(
                ErrorIds.ReferenceInvalid,
                ErrorKind.InvalidArgument,
                name,
                $"The reference '{name}' is in the store '{home}' and the guests are in '{session.Store.Path}'. Files are shared within one store; name a reference there.");
        }

        if (session.Store.TryReadGuest(GuestName.Check(name)) is null)
        {
            session.Store.ReadTemplate(name);
        }

        return name;
    }

    /// <summary>Reports the packages that the owner has not; false when none is left.</summary>
    private protected bool HasWantedPackages(StoreSession session, string owner, PackageSelection packages)
    {
        if (!packages.TakesAll && session.TryReadPackages(owner) is IPackageDatabase database)
        {
            foreach (VServerException unknown in packages.DropUnknown(database, owner))
            {
                WriteError(ErrorRecords.From(unknown));
            }
        }

        return !packages.IsEmpty;
    }

    /// <summary>Reports the files that the owner has not; false when none is left.</summary>
    private protected bool HasWantedFiles(StoreSession session, string owner, ref PathSelection? files)
    {
        if (files is null)
        {
            return true;
        }

        files = session.FindFiles(owner, files, out IReadOnlyList<UnixPath> missing);
        foreach (UnixPath path in missing)
        {
            WriteError(ErrorRecords.From(new VServerException(
                ErrorIds.FileNotFound,
                ErrorKind.NotFound,
                path.ToString(),
                $"There is no '{path}' in '{owner}', so it was not looked at. Name a file as the guest sees it, or a pattern such as /usr/lib/*.")));
        }

        return !files.IsEmpty;
    }

    /// <summary>Says something for -Verbose. With -Debug alone the engine would stop and ask at every verbose line, so it is said there.</summary>
    private protected void Tell(string text)
    {
        if (IsAsked("Debug") && !IsAsked("Verbose"))
        {
            WriteDebug(text);
        }
        else
        {
            WriteVerbose(text);
        }
    }
}
