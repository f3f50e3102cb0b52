namespace VServer.Unify;

/// <summary>The candidates of one folder: the piece of work that one thread takes at a time.</summary>
/// <param name="Path">The folder, really so named in the reference and in the guests.</param>
/// <param name="Files">Its candidates.</param>
/// <param name="Bytes">Their sizes added up.</param>
internal sealed record FolderWork(UnixPath Path, IReadOnlyList<Candidate> Files, long Bytes);
