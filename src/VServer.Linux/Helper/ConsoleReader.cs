using VServer.Linux.Interop;

namespace VServer.Linux.Helper;

/// <summary>Reads a log that grows and is turned over by renaming: after the old one comes the new one of the same name.</summary>
internal sealed class ConsoleReader : IDisposable
{
    private readonly string path;
    private readonly LineSplitter splitter;
    private FileStream? file;
    private ulong inode;

    /// <summary>Opens the log, if there is one yet.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="splitter">May hold the beginning of a line from the log before it.</param>
    public ConsoleReader(string path, LineSplitter splitter)
    {
        this.path = path;
        this.splitter = splitter;
        Open();
    }

    /// <summary>The lines that are complete now and were not given yet.</summary>
    public IReadOnlyList<string> ReadRest()
    {
        List<string> lines = ReadFile();
        while (Identify() is ulong now && now != inode)
        {
            // What was written to the old one after it was read and before it was turned over.
            lines.AddRange(ReadFile());
            file?.Dispose();
            Open();
            lines.AddRange(ReadFile());
        }

        return lines;
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private List<string> ReadFile()
    {
        List<string> lines = [];
        byte[] buffer = new byte[64 * 1024];
        for (int length = file?.Read(buffer) ?? 0; length > 0; length = file?.Read(buffer) ?? 0)
        {
            lines.AddRange(splitter.Add(buffer.AsSpan(0, length)));
        }

        return lines;
    }

    // The inode is that of the file that was opened: when the log was turned over in between, it is opened once more.
    private void Open()
    {
        do
        {
            file?.Dispose();
            file = null;
            inode = Identify() ?? 0;
            try
            {
                file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            }
            catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
            {
                inode = 0;
            }
        }
        while (file is not null && Identify() != inode);
    }

    private ulong? Identify() =>
        Statx.Get(FileDescriptor.CurrentDirectory, NulText.From(path), out StatxBuffer status).Succeeded ? status.Inode : null;
}
