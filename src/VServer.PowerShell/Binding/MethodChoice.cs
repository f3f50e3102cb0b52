using VServer.Unify;

namespace VServer.Binding;

/// <summary>What files come to have in common, or stop having in common.</summary>
public enum MethodChoice
{
    /// <summary><see cref="Auto"/> when files are shared, <see cref="HardLink"/> when that is undone.</summary>
    Default,

    /// <summary>Inodes.</summary>
    HardLink,

    /// <summary>Bytes on disk.</summary>
    Reflink,

    /// <summary>Both: for sharing, whichever a file allows.</summary>
    Auto,
}

/// <summary>Says what the choices mean to the core.</summary>
internal static class MethodChoices
{
    /// <summary>The method that a choice stands for.</summary>
    public static UnifyMethod ToMethod(this MethodChoice choice, UnifyMethod usual) => choice switch
    {
        MethodChoice.HardLink => UnifyMethod.HardLink,
        MethodChoice.Reflink => UnifyMethod.Reflink,
        MethodChoice.Auto => UnifyMethod.Auto,
        _ => usual,
    };
}
