using VServer.Unify;

namespace VServer.Binding;

/// <summary>Which guard shared files get.</summary>
public enum GuardChoice
{
    /// <summary>The best one that leaves guests working as before: <see cref="MayUnlink"/>.</summary>
    Default,

    /// <summary>None: a guest that writes to a shared file while it is stopped and mounted by hand writes for all.</summary>
    None,

    /// <summary>The immutable flag: no guest can change or even replace the file.</summary>
    Immutable,

    /// <summary>Guests can replace and remove the file for themselves, never change it for others.</summary>
    MayUnlink,
}

/// <summary>Says what the choices mean to the core.</summary>
internal static class GuardChoices
{
    /// <summary>The guard that a choice stands for.</summary>
    public static UnifyGuard ToGuard(this GuardChoice choice) => choice switch
    {
        GuardChoice.None => UnifyGuard.None,
        GuardChoice.Immutable => UnifyGuard.Immutable,
        _ => UnifyGuard.MayUnlink,
    };
}
