namespace VServer.Guests;

/// <summary>What the threads that clone a tree share.</summary>
/// <param name="Source">Absolute path of the tree that is cloned.</param>
/// <param name="Target">Absolute path of the tree that is made; it exists and is empty.</param>
/// <param name="Shareable">What is linked.</param>
/// <param name="Queue">Folders to go through.</param>
/// <param name="Meter">Counts.</param>
internal sealed record CloneOrder(string Source, string Target, PackageFiles Shareable, FolderQueue Queue, WorkMeter Meter)
{
    /// <summary>Files of several names that were copied.</summary>
    public CopiedInodes Copies { get; } = new();
}
