using VServer.Errors;
using VServer.Guests;
using VServer.Linux.Helper;
using VServer.Linux.Storage;
using VServer.Linux.Trees;
using VServer.Packages;
using VServer.Unify;

namespace VServer.Crash;

/// <summary>The pieces of work that are broken off, each as a cmdlet would ask for it.</summary>
public static class Work
{
    /// <summary>Does one, and tells how it ended: <c>ok</c>, or <c>error</c> with the id that a user would see.</summary>
    public static string Try(string store, string helper, string order)
    {
        try
        {
            Do(store, helper, order.Split(' '));
            return "ok";
        }
        catch (VServerException failure)
        {
            return $"error {failure.ErrorId} {failure.Message.ReplaceLineEndings(" ")}";
        }
        catch (TreeException failure)
        {
            return $"error {StoreFailure.From(failure, store).ErrorId} {failure.Message.ReplaceLineEndings(" ")}";
        }
    }

    private static void Do(string path, string helper, string[] order)
    {
        Store store = Store.OpenOrCreate(path, new LinuxStoreHost());
        HelperGuestHost host = new(helper);
        LinuxTreeHost trees = new();
        PackageDatabaseReader packages = new(new HelperRpm(helper, CancellationToken.None));
        UnifyService unify = new(store, trees, host, packages);
        GuestService guests = new(store, trees, host);
        GuestMaker maker = new(store, trees, host, packages, TimeProvider.System);
        switch (order)
        {
            case ["unify", { } reference, { } names, { } guard]:
                unify.Unify(
                    new UnifyRequest { Reference = reference, Guests = names.Split(','), Scope = UnifyScope.Tree, Guard = Enum.Parse<UnifyGuard>(guard) },
                    CancellationToken.None);
                break;
            case ["content", { } names, { } guard]:
                unify.Unify(
                    new UnifyRequest { Guests = names.Split(','), Scope = UnifyScope.Content, Guard = Enum.Parse<UnifyGuard>(guard) }, CancellationToken.None);
                break;
            case ["undo", { } name]:
                unify.Undo(new UndoRequest { Guest = name }, CancellationToken.None);
                break;
            case ["new", { } name, { } template]:
                maker.Create(new NewGuest { Name = name, Template = template }, CancellationToken.None);
                break;
            case ["copy", { } reference, { } name, { } guard]:
                new GuestCopier(store, trees, host, packages, TimeProvider.System).Copy(
                    new CopyRequest { Reference = reference, Names = [name], Scope = UnifyScope.Tree, Guard = Enum.Parse<UnifyGuard>(guard) }, CancellationToken.None);
                break;
            case ["adopt", { } name, { } tree]:
                maker.Create(new NewGuest { Name = name, Tree = tree }, CancellationToken.None);
                break;
            case ["remove", { } name]:
                guests.Remove(name, force: false, CancellationToken.None);
                break;
            case ["settle", { } name]:
                guests.Stop(name, TimeSpan.Zero, DeltaEnd.Settle, CancellationToken.None);
                break;
            case ["discard", { } name]:
                guests.Stop(name, TimeSpan.Zero, DeltaEnd.Discard, CancellationToken.None);
                break;
            case ["run", { } name]:
                if (guests.Get(name).ProcessId is null)
                {
                    // One that was killed may be settled just now.
                    guests.Wait(name, GuestState.Stopped, TimeSpan.FromMinutes(1), CancellationToken.None);
                    guests.Start(name, CancellationToken.None);
                }

                guests.Stop(name, TimeSpan.Zero, DeltaEnd.ByPolicy, CancellationToken.None);
                break;
            case ["list"]:
                _ = guests.Find(static _ => true).Count();
                break;
            default:
                throw new ArgumentException($"There is no work '{string.Join(' ', order)}'.", nameof(order));
        }
    }
}
