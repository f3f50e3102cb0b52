namespace VServer.Ports;

/// <summary>What rpm is asked: about the files of a database, or about package headers that it makes a database of first.</summary>
/// <param name="Owner">Whose database it is, as the user named it.</param>
/// <param name="Format">The query format (rpm-queryformat(7)), for every package.</param>
/// <param name="MostBytes">More than any real system answers.</param>
public sealed record RpmQuestion(string Owner, string Format, int MostBytes)
{
    /// <summary>The database's files by name, held open.</summary>
    public IReadOnlyDictionary<string, IFile> Files { get; init; } = new Dictionary<string, IFile>();

    /// <summary>Headers one after the other, as <c>rpmdb --exportdb</c> writes them; null where <see cref="Files"/> are a database.</summary>
    public ReadOnlyMemory<byte>? Headers { get; init; }
}
