namespace VServer.Guests;

/// <summary>A tree that is made like another.</summary>
/// <param name="Guest">The guest whose it is.</param>
/// <param name="Tree">Its absolute path; it exists and is empty.</param>
internal sealed record CloneTarget(string Guest, string Tree)
{
    /// <summary>Files of several names that were copied.</summary>
    public CopiedInodes Copies { get; } = new();
}
