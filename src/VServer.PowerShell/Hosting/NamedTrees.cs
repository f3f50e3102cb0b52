using VServer.Errors;
using VServer.Guests;

namespace VServer.Hosting;

/// <summary>Guests and templates together, for what is done to either's tree.</summary>
internal static class NamedTrees
{
    /// <summary>Templates, then guests.</summary>
    public static IReadOnlyList<string> Of(StoreSession session) => [.. session.Store.TemplateNames(), .. session.Store.GuestNames()];

    /// <summary>Makes sure that there is one of that name.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.NameInvalid"/>, <see cref="ErrorIds.GuestNotFound"/>.</exception>
    public static void Check(in FoundName found)
    {
        string name = GuestName.Check(found.Name);
        if (!Of(found.Session).Contains(name))
        {
            throw new VServerException(
                ErrorIds.GuestNotFound,
                ErrorKind.NotFound,
                name,
                $"There is neither a guest nor a template '{name}' in the store '{found.Session.Store.Path}'. Get-VServer and Get-VServerTemplate list what there is.");
        }
    }
}
