using VServer.Ports;

namespace VServer.Unify;

/// <summary>One side of a planned sharing.</summary>
/// <param name="Guest">Whose file it is.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Facts">What the kernel said of it.</param>
internal readonly record struct PlannedFile(string Guest, UnixPath Path, FileFacts Facts);
