using VServer.Unify;

namespace VServer.Trust;

/// <summary>What to test a guest or template for.</summary>
public sealed record TestRequest
{
    /// <summary>The guest or template.</summary>
    public required string Name { get; init; }

    /// <summary>What it is compared with.</summary>
    public TestScope Scope { get; init; } = TestScope.All;

    /// <summary>The reference; null for the one it was made from.</summary>
    public string? Reference { get; init; }

    /// <summary>The guard that shared files should have.</summary>
    public UnifyGuard Guard { get; init; } = UnifyGuard.MayUnlink;

    /// <summary>Gets what is found, from several threads.</summary>
    public required Action<Finding> Found { get; init; }

    /// <summary>Gets how far it is, from several threads; null when nobody asks.</summary>
    public Action<WorkProgress>? Progress { get; init; }
}
