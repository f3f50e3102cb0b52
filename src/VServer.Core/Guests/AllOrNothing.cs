using VServer.Errors;

namespace VServer.Guests;

/// <summary>Makes something in a store, or leaves nothing of it behind.</summary>
internal static class AllOrNothing
{
    /// <summary>Makes; takes away what was made when that fails or is cancelled.</summary>
    /// <param name="target">What is being made, as the user named it.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="undo">Takes away whatever is there of it.</param>
    /// <exception cref="VServerException">It could not be made.</exception>
    public static void Run(string target, Action make, Action undo)
    {
        try
        {
            make();
        }
        catch (TreeException failure)
        {
            Undo(undo);
            throw StoreFailure.From(failure, target);
        }
        catch
        {
            Undo(undo);
            throw;
        }
    }

    private static void Undo(Action undo)
    {
        try
        {
            undo();
        }
        catch (VServerException)
        {
            // The failure that led here says more; what is left is marked incomplete and can be removed by name.
        }
    }
}
