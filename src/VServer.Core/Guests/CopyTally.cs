using VServer.Ports;

namespace VServer.Guests;

/// <summary>Counts what one copy got, on one thread.</summary>
internal sealed class CopyTally
{
    public long Folders { get; private set; }

    public long Copied { get; private set; }

    public long CopiedBytes { get; private set; }

    public long Linked { get; private set; }

    public long LinkedBytes { get; private set; }

    public long SymbolicLinks { get; private set; }

    public long Special { get; private set; }

    public long Written { get; private set; }

    public long LeftOut { get; private set; }

    /// <summary>Counts one entry of the reference.</summary>
    public void Count(CopyAction action, in FileFacts facts)
    {
        switch (action)
        {
            case CopyAction.Made:
                CountMade(facts.Kind);
                break;
            case CopyAction.Linked:
                Linked++;
                LinkedBytes += facts.Size;
                break;
            case CopyAction.Copied:
                Copied++;
                CopiedBytes += facts.Size;
                break;
            case CopyAction.Emptied:
                Copied++;
                break;
            case CopyAction.Written:
                Written++;
                break;
            default:
                LeftOut++;
                break;
        }
    }

    /// <summary>Counts what is made in place of no entry: the root, files that the reference does not have, and their folders.</summary>
    public void CountOwn(long folders, long written)
    {
        Folders += folders;
        Written += written;
    }

    /// <summary>All threads' counts together.</summary>
    public static CopyTally Sum(IEnumerable<CopyTally> parts)
    {
        CopyTally sum = new();
        foreach (CopyTally part in parts)
        {
            sum.Folders += part.Folders;
            sum.Copied += part.Copied;
            sum.CopiedBytes += part.CopiedBytes;
            sum.Linked += part.Linked;
            sum.LinkedBytes += part.LinkedBytes;
            sum.SymbolicLinks += part.SymbolicLinks;
            sum.Special += part.Special;
            sum.Written += part.Written;
            sum.LeftOut += part.LeftOut;
        }

        return sum;
    }

    private void CountMade(FileKind kind)
    {
        switch (kind)
        {
            case FileKind.Folder:
                Folders++;
                break;
            case FileKind.SymbolicLink:
                SymbolicLinks++;
                break;
            default:
                Special++;
                break;
        }
    }
}
