namespace VServer.Linux.Interop;

/// <summary>AT_ flags.</summary>
[Flags]
internal enum AtFlags
{
    None = 0,
    NoFollow = 0x100,
    RemoveDirectory = 0x200,
    NoAutomount = 0x800,
    EmptyPath = 0x1000,
}
