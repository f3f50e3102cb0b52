namespace VServer.Provision;

/// <summary>
/// The project's own, ignored folder for the engine. <c>pwsh</c> in it is made last and by one rename,
/// so whoever finds it finds a whole engine.
/// </summary>
public sealed class EngineFolder
{
    private const string WorkPrefix = "new-";

    /// <summary>Names the folder below a project's root.</summary>
    public EngineFolder(string projectRoot)
    {
        Root = Path.Combine(Path.GetFullPath(projectRoot), ".engine");
    }

    /// <summary>The folder itself.</summary>
    public string Root { get; }

    /// <summary>The command that every other tool of the project calls.</summary>
    public string Command => Path.Combine(Root, "pwsh");

    /// <summary>Where the made or installed engine lives.</summary>
    public string Engine => Path.Combine(Root, "engine");

    /// <summary>Downloads, kept so that a changed tool can make the engine anew without the network.</summary>
    public string Cache => Path.Combine(Root, "cache");

    /// <summary>Says for which inputs the engine was made.</summary>
    public string Stamp => Path.Combine(Root, "stamp");

    /// <summary>True when the engine is there and was made for this key.</summary>
    public bool IsMadeFor(string key) =>
        File.Exists(Command) && File.Exists(Stamp) && File.ReadAllText(Stamp).TrimEnd() == key;

    /// <summary>True for a program in this folder, however many links lead to it.</summary>
    public bool Owns(string executable)
    {
        var target = File.Exists(executable) ? File.ResolveLinkTarget(executable, returnFinalTarget: true)?.FullName : null;
        return (target ?? executable).StartsWith(Root + "/", StringComparison.Ordinal);
    }

    /// <summary>Waits for another run to end, then keeps further ones waiting.</summary>
    public FileStream Lock()
    {
        Directory.CreateDirectory(Root);
        var path = Path.Combine(Root, "lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                Thread.Sleep(TimeSpan.FromMilliseconds(200));
            }
        }
    }

    /// <summary>Removes what interrupted runs have left and makes an empty folder to build in.</summary>
    public string StartWork()
    {
        foreach (var leftOver in Directory.GetDirectories(Root, WorkPrefix + "*"))
        {
            Directory.Delete(leftOver, recursive: true);
        }

        File.Delete(Stamp);
        return Directory.CreateDirectory(Path.Combine(Root, WorkPrefix + Environment.ProcessId)).FullName;
    }

    /// <summary>Puts a finished engine in the place of the old one and points the command at it.</summary>
    public void Publish(string work, FoundEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var command = Path.Combine(work, "command");
        if (Directory.Exists(Engine))
        {
            Directory.Move(Engine, Path.Combine(work, "old"));
        }

        if (engine.BuiltIn is { } built)
        {
            Directory.Move(built, Engine);
            var target = Path.GetRelativePath(Root, Path.Combine(Engine, Path.GetRelativePath(built, engine.Executable)));
            File.CreateSymbolicLink(command, target);
        }
        else
        {
            File.WriteAllText(command, $"#!/bin/sh\nexec '{engine.Executable.Replace("'", "'\\''", StringComparison.Ordinal)}' \"$@\"\n");
            File.SetUnixFileMode(command, (UnixFileMode)0b111_101_101);
        }

        File.Move(command, Command, overwrite: true);
        Directory.Delete(work, recursive: true);
    }

    /// <summary>Records, as the very last step, what the engine was made for.</summary>
    public void WriteStamp(string key)
    {
        var temporary = Stamp + ".new";
        File.WriteAllText(temporary, key + "\n");
        File.Move(temporary, Stamp, overwrite: true);
    }
}
