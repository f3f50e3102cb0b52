namespace VServer.Linux.Interop;

/// <summary>RESOLVE_ flags of openat2(2).</summary>
[Flags]
internal enum ResolveFlags : ulong
{
    None = 0,
    NoCrossMount = 0x1,
    NoMagicLinks = 0x2,
    NoSymbolicLinks = 0x4,
    Beneath = 0x8,

    /// <summary>What everything below a tree's root is opened with: a guest owns its names, so none of them may lead out.</summary>
    InsideTree = InsideSystem | NoCrossMount,

    /// <summary>The same below the root of a running system, which may be put together of several file systems.</summary>
    InsideSystem = NoMagicLinks | NoSymbolicLinks | Beneath,
}
