using System.Globalization;
using VServer.Errors;
using VServer.Ports;

namespace VServer.Packages;

/// <summary>A file of a package database that belongs to a guest: read with a limit, never through a symlink, never a fifo or device.</summary>
/// <param name="Owner">Whose database it is, as the user named it.</param>
/// <param name="Path">Where it is in the tree.</param>
internal sealed record DatabaseFile(string Owner, UnixPath Path)
{
    // The largest real ones are a tenth of it.
    private const int MostBytes = 128 * 1024 * 1024;

    /// <summary>The file's content; null when the file or its folder is missing.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public byte[]? TryRead(IFolder root)
    {
        using IFolder? folder = root.TryOpenFolder(Path.Parent);
        return folder is null ? null : TryReadIn(folder);
    }

    /// <summary>The same for a folder that is already open.</summary>
    public byte[]? TryReadIn(IFolder folder)
    {
        using IFile? file = TryOpenIn(folder);
        return file is null ? null : CheckText(ReadAll(file, MostBytes));
    }

    /// <summary>The file held open; null when it is missing.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>.</exception>
    public IFile? TryOpenIn(IFolder folder)
    {
        try
        {
            return folder.Find(Path.Name) is { } facts ? folder.OpenFile(Path.Name, facts) : null;
        }
        catch (TreeException failure)
        {
            throw Invalid(failure.Kind, failure.Message, failure);
        }
    }

    /// <summary>The whole of an open file.</summary>
    /// <exception cref="VServerException"><see cref="ErrorIds.PackageDatabaseInvalid"/>: also when it is larger than <paramref name="limit"/> bytes.</exception>
    public byte[] ReadAll(IFile file, int limit)
    {
        try
        {
            return file.ReadAll(limit);
        }
        catch (TreeException failure)
        {
            throw Invalid(failure.Kind, failure.Message, failure);
        }
    }

    /// <summary>The failure for a file that is not in its form.</summary>
    public VServerException Invalid(string why) => Invalid(ErrorKind.InvalidData, $"{Path} {why}", null);

    /// <summary>The failure for a line that cannot be understood.</summary>
    public VServerException Invalid(int line, string why) =>
        Invalid(ErrorKind.InvalidData, string.Create(CultureInfo.InvariantCulture, $"in line {line} of {Path} {why}"), null);

    private byte[] CheckText(byte[] content)
    {
        int nul = content.AsSpan().IndexOf((byte)0);
        return nul < 0 ? content : throw Invalid(content.AsSpan(0, nul).Count((byte)'\n') + 1, "there is a NUL byte");
    }

    private VServerException Invalid(ErrorKind kind, string why, Exception? inner) => DatabaseFailure.Make(Owner, kind, why, inner);
}
