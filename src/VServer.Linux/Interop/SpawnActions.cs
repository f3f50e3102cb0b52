using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>posix_spawn_file_actions_t: which descriptors a program gets as which numbers.</summary>
internal sealed unsafe partial class SpawnActions : IDisposable
{
    /// <summary>More than any C library takes for it.</summary>
    public const int Room = 256;

    private readonly void* memory = NativeMemory.AllocZeroed(Room);
    private readonly List<FileDescriptor> kept = [];

    /// <summary>Makes an empty list.</summary>
    public SpawnActions() => _ = Init(memory);

    /// <summary>The list, for posix_spawn.</summary>
    public void* Pointer => memory;

    /// <summary>
    /// Gives the program the descriptor under the number. A copy above all numbers that are given is used, so that none is overwritten
    /// before it is placed.
    /// </summary>
    public NativeResult Place(FileDescriptor descriptor, int number)
    {
        NativeResult copied = FileControl.Control(descriptor, FileControl.DuplicateCloseOnExec, 16);
        if (!copied.Succeeded)
        {
            return copied;
        }

        kept.Add(FileDescriptor.Own(copied.Value));
        int error = AddDuplicate(memory, (int)copied.Value, number);
        return new NativeResult(error == 0 ? 0 : -1, error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept.ForEach(static descriptor => descriptor.Dispose());
        _ = Destroy(memory);
        NativeMemory.Free(memory);
    }

    [LibraryImport(Library.C, EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int Init(void* actions);

    [LibraryImport(Library.C, EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int AddDuplicate(void* actions, int descriptor, int number);

    [LibraryImport(Library.C, EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int Destroy(void* actions);
}
