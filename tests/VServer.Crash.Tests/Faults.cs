namespace VServer.Crash.Tests;

/// <summary>The errors that are injected, by number.</summary>
internal static class Faults
{
    /// <summary>Every error a file system may give to any call, and whether it would go on giving it.</summary>
    public static IReadOnlyList<(string Name, int Number, bool Lasts)> Errors { get; } =
    [
        ("ENOSPC", 28, true), ("EDQUOT", 122, true), ("EIO", 5, true), ("EROFS", 30, true),
        ("EMLINK", 31, false), ("EPERM", 1, false), ("EACCES", 13, false), ("EINTR", 4, false), ("ENOSPC", 28, false), ("EIO", 5, false),
    ];

    /// <summary>True for an inode that seems full: the reference gets a second one, and chance says who shares which.</summary>
    public static bool StartsAnotherGeneration(string plan) => plan.Split(' ') is [_, _, "31", ..];

    /// <summary>The name of an error's number.</summary>
    public static string NameOf(string number) => Errors.FirstOrDefault(error => error.Number.ToString(null, null) == number).Name ?? number;
}
