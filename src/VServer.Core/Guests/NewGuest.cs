namespace VServer.Guests;

/// <summary>A guest to be made.</summary>
public sealed record NewGuest
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The template it is made from; null when <see cref="Tree"/> is given.</summary>
    public string? Template { get; init; }

    /// <summary>Absolute path of an existing tree that becomes the guest's by being renamed into the store; null when <see cref="Template"/> is given.</summary>
    public string? Tree { get; init; }

    /// <summary>The host name seen inside; null for the guest's name.</summary>
    public string? HostName { get; init; }

    /// <summary>Who it may share inodes with; null for its template's group.</summary>
    public string? TrustGroup { get; init; }

    /// <summary>What is to be different from a guest of which nothing is said.</summary>
    public GuestSettings Settings { get; init; } = new();

    /// <summary>Gets how far the work is, called from several threads.</summary>
    public Action<WorkProgress>? Progress { get; init; }
}
