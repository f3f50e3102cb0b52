using System.Buffers;
using System.Collections;
using System.Management.Automation;
using System.Text;

namespace VServer.Hosting;

/// <summary>
/// What the pipeline brings for the stdin of programs that run meanwhile: bytes stay as they are, everything else becomes a line of UTF-8
/// text. What all programs have read is forgotten.
/// </summary>
internal sealed class CommandInput
{
    // Single bytes are handed on in portions.
    private const int PortionSize = 64 * 1024;

    private readonly ArrayBufferWriter<byte> gathered = new();
    private InputPortion last = new([]);

    /// <summary>All that is added from now on; once for each program.</summary>
    public Stream Open() => new InputStream(last);

    /// <summary>Takes one object of the pipeline.</summary>
    public void Add(PSObject item)
    {
        Gather(item);
        if (item.BaseObject is not byte || gathered.WrittenCount >= PortionSize)
        {
            HandOn();
        }
    }

    /// <summary>Tells that nothing more will come.</summary>
    public void Complete()
    {
        HandOn();
        last.Follow(null);
    }

    private void Gather(PSObject item)
    {
        switch (item.BaseObject)
        {
            case byte single:
                gathered.Write([single]);
                break;
            case byte[] many:
                gathered.Write(many);
                break;
            case IEnumerable list and not string:
                foreach (object? part in list)
                {
                    Gather(PSObject.AsPSObject(part ?? ""));
                }

                break;
            default:
                gathered.Write(Encoding.UTF8.GetBytes(item + "\n"));
                break;
        }
    }

    private void HandOn()
    {
        if (gathered.WrittenCount > 0)
        {
            InputPortion portion = new(gathered.WrittenSpan.ToArray());
            gathered.Clear();
            last.Follow(portion);
            last = portion;
        }
    }
}
