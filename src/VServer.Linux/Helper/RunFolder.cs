using System.Globalization;
using VServer.Linux.Interop;
using VServer.Linux.Storage;
using VServer.Ports;

namespace VServer.Linux.Helper;

/// <summary>A guest's run-time folder as the helper keeps it: its lock, and its state, which is believed only as far as the kernel bears it out.</summary>
internal sealed class RunFolder(string path)
{
    /// <summary>What the monitor wrote; null when nothing is.</summary>
    public RunState? ReadState()
    {
        return ReadLines("state") is { } lines
            ? new RunState(Mark(lines, "monitor"), Mark(lines, "init"))
            {
                Cgroup = lines.GetValueOrDefault("cgroup"),
                Restarts = Number(lines, "restarts"),
                Command = lines.GetValueOrDefault("program")?.Split(' ') is [string how, string number]
                    ? new ProgramEnd(how == "signaled", int.Parse(number, CultureInfo.InvariantCulture))
                    : null,
            }
            : null;
    }

    /// <summary>How it has ended the last time; null when nothing is written there.</summary>
    public GuestEnd? ReadEnd()
    {
        if (ReadLines("ended") is not { } lines)
        {
            return null;
        }

        string how = lines.GetValueOrDefault("how", "");
        string? error = lines.GetValueOrDefault("error");
        return new GuestEnd
        {
            Init = how == "lost" ? null : new ProgramEnd(how != "exited", Number(lines, "code")),
            Asked = how is "reboot" or "halt" || lines.GetValueOrDefault("step") is "signal" or "kill",
            TooOften = error == "RestartLimit",
            Error = error,
        };
    }

    /// <summary>Takes the lock that every change to a guest is made under; null when somebody has it, or has just removed the guest with it.</summary>
    public FileDescriptor? TryLock(bool shared)
    {
        new LinuxStoreHost().CreatePrivateFolder(path);
        string file = Path.Combine(path, "lock");
        return FileHold.TryTake(FileHold.OpenOrCreate(file), UnixPath.Parse(file), shared);
    }

    private Dictionary<string, string>? ReadLines(string name)
    {
        try
        {
            return File.ReadLines(Path.Combine(path, name))
                .Select(static line => line.Split('=', 2))
                .Where(static pair => pair.Length == 2)
                .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static int Number(Dictionary<string, string> lines, string key) => int.Parse(lines.GetValueOrDefault(key, "0"), CultureInfo.InvariantCulture);

    private static ProcessMark Mark(Dictionary<string, string> lines, string key) => new(
        Number(lines, key),
        ulong.Parse(lines.GetValueOrDefault($"{key}-start", "0"), CultureInfo.InvariantCulture));
}
