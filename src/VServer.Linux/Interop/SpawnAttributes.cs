using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>posix_spawnattr_t: signals and process group of a program.</summary>
internal sealed unsafe partial class SpawnAttributes : IDisposable
{
    /// <summary>More than any C library takes for it.</summary>
    public const int Room = 1024;

    /// <summary>POSIX_SPAWN_SETPGROUP.</summary>
    public const int SetGroup = 2;

    /// <summary>POSIX_SPAWN_SETSIGDEF.</summary>
    public const int SetDefaults = 4;

    /// <summary>POSIX_SPAWN_SETSIGMASK.</summary>
    public const int SetMask = 8;

    private readonly void* memory = NativeMemory.AllocZeroed(Room);

    /// <summary>All signals at their defaults and none blocked (the runtime ignores SIGPIPE), in a process group of its own or in ours.</summary>
    public SpawnAttributes(bool ownGroup)
    {
        SignalSet all = SignalSet.Full();
        SignalSet none = default;
        _ = Init(memory);
        _ = Defaults(memory, in all);
        _ = Mask(memory, in none);
        _ = Flags(memory, (short)(SetDefaults | SetMask | (ownGroup ? SetGroup : 0)));
    }

    /// <summary>The attributes, for posix_spawn.</summary>
    public void* Pointer => memory;

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Destroy(memory);
        NativeMemory.Free(memory);
    }

    [LibraryImport(Library.C, EntryPoint = "posix_spawnattr_init")]
    private static partial int Init(void* attributes);

    [LibraryImport(Library.C, EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int Defaults(void* attributes, in SignalSet signals);

    [LibraryImport(Library.C, EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int Mask(void* attributes, in SignalSet signals);

    [LibraryImport(Library.C, EntryPoint = "posix_spawnattr_setflags")]
    private static partial int Flags(void* attributes, short flags);

    [LibraryImport(Library.C, EntryPoint = "posix_spawnattr_destroy")]
    private static partial int Destroy(void* attributes);
}
