using System.Collections;
using System.Management.Automation;
using System.Text;

namespace VServer.Hosting;

/// <summary>What the pipeline brought for a program's stdin: bytes stay as they are, everything else becomes a line of UTF-8 text.</summary>
internal sealed class CommandInput : IDisposable
{
    private readonly MemoryStream bytes = new();

    /// <summary>Takes one object of the pipeline.</summary>
    public void Add(PSObject item)
    {
        switch (item.BaseObject)
        {
            case byte single:
                bytes.WriteByte(single);
                break;
            case byte[] many:
                bytes.Write(many);
                break;
            case IEnumerable list and not string:
                foreach (object? part in list)
                {
                    Add(PSObject.AsPSObject(part ?? ""));
                }

                break;
            default:
                bytes.Write(Encoding.UTF8.GetBytes(item + "\n"));
                break;
        }
    }

    /// <summary>All of it from the start; once for each program.</summary>
    public Stream Open() => new MemoryStream(bytes.GetBuffer(), 0, (int)bytes.Length, writable: false);

    /// <inheritdoc/>
    public void Dispose() => bytes.Dispose();
}
