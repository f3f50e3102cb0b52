using VServer.Ports;

namespace VServer.Templates;

/// <summary>A folder of a template and what is copied into it.</summary>
/// <param name="Path">Where it is, in the source and in the template.</param>
/// <param name="Entries">What is copied, folders left aside.</param>
/// <param name="Bytes">The length of all files among it.</param>
internal sealed record TemplateFolder(UnixPath Path, IReadOnlyList<FolderEntry> Entries, long Bytes);
