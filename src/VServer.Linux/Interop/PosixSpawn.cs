using System.Runtime.InteropServices;

namespace VServer.Linux.Interop;

/// <summary>posix_spawn(3): the one way to start a program with descriptors beyond the three that .NET's Process knows.</summary>
internal static unsafe partial class PosixSpawn
{
    /// <summary>Starts a program with one argument and an empty environment; the value is its process id.</summary>
    /// <param name="program">Absolute path, NUL-terminated.</param>
    /// <param name="argument">Its only argument, NUL-terminated.</param>
    /// <param name="actions">Its descriptors.</param>
    /// <param name="attributes">Its signals and process group.</param>
    public static NativeResult Start(ReadOnlySpan<byte> program, ReadOnlySpan<byte> argument, SpawnActions actions, SpawnAttributes attributes)
    {
        fixed (byte* path = program, text = argument)
        {
            byte** arguments = stackalloc byte*[] { path, text, null };
            byte** environment = stackalloc byte*[] { null };
            int error = Call(out int process, path, actions.Pointer, attributes.Pointer, arguments, environment);
            return new NativeResult(error == 0 ? process : -1, error);
        }
    }

    [LibraryImport(Library.C, EntryPoint = "posix_spawn")]
    private static partial int Call(out int process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);
}
