namespace VServer.Linux.Interop;

/// <summary>Flags of open(2). Two of them differ between architectures.</summary>
internal static class OpenFlags
{
    public const ulong ReadOnly = 0;
    public const ulong ReadWrite = 0x2;
    public const ulong Create = 0x40;
    public const ulong Exclusive = 0x80;
    public const ulong NoControllingTerminal = 0x100;
    public const ulong Append = 0x400;
    public const ulong NonBlocking = 0x800;
    public const ulong NoAccessTime = 0x40000;
    public const ulong CloseOnExec = 0x80000;
    public const ulong PathOnly = 0x200000;

    public static readonly ulong Directory = Architecture.IsArm64 ? 0x4000UL : 0x10000UL;
    public static readonly ulong NoFollow = Architecture.IsArm64 ? 0x8000UL : 0x20000UL;
}
