using VServer.Ports;

namespace VServer.Unify;

/// <summary>A file of the reference that may be shared, as far as the reference tells.</summary>
/// <param name="Name">Its name in its folder.</param>
/// <param name="Facts">What the kernel said of it.</param>
/// <param name="Package">Index of its package, or -1.</param>
/// <param name="Refusal">Why no guest may share it; null when they may.</param>
internal readonly record struct Candidate(UnixPath Name, FileFacts Facts, int Package, SkipReason? Refusal)
{
    /// <summary>Another name of it for which it is refused; null when there is none.</summary>
    public UnixPath? RefusedName { get; init; }
}
