using System.Management.Automation;
using System.Reflection;

namespace VServer.Engine;

/// <summary>Expands wildcards in the arguments of native commands, as a Unix shell does.</summary>
public static class NativeArguments
{
    private const BindingFlags Hidden = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>
    /// Adds what an unquoted argument stands for to the command line.
    /// False when it stands for itself, which leaves adding it to the caller.
    /// </summary>
    /// <param name="binder">The engine's object that collects the arguments.</param>
    /// <param name="argument">The argument as it was written.</param>
    /// <param name="parameter">The engine's object for the argument.</param>
    public static bool Expand(object binder, string argument, object parameter)
    {
        ArgumentNullException.ThrowIfNull(binder);
        if (!WildcardPattern.ContainsWildcardCharacters(argument))
        {
            return (bool)Call(binder, "ExpandTilde", argument, parameter)!;
        }

        var matches = Matches(Engine(binder), argument);
        foreach (var match in matches)
        {
            Call(binder, "AddToArgumentList", parameter, match);
        }

        return matches.Count > 0;
    }

    private static List<string> Matches(EngineIntrinsics engine, string pattern)
    {
        var location = engine.SessionState.Path.CurrentLocation;
        if (location.Provider.Name != "FileSystem")
        {
            return [];
        }

        try
        {
            var items = engine.InvokeProvider.ChildItem.Get(pattern, recurse: false).Select(item => item.BaseObject).ToList();
            return items.TrueForAll(item => item is FileSystemInfo)
                ? items.Cast<FileSystemInfo>().Select(item => Written(item.FullName)).ToList()
                : [];
        }
        catch (RuntimeException)
        {
            // A pattern that names no place stands for itself.
            return [];
        }

        string Written(string path) => pattern[0] is '/' or '~'
            ? path
            : engine.SessionState.Path.NormalizeRelativePath(path, location.ProviderPath);
    }

    // The engine keeps these to itself; the launcher stands in for a part of it.
    private static EngineIntrinsics Engine(object binder)
    {
        var context = Property(binder, "Context");
        return (EngineIntrinsics)Property(context, "EngineIntrinsics");
    }

    private static object Property(object instance, string name) =>
        instance.GetType().GetProperty(name, Hidden)!.GetValue(instance)!;

    private static object? Call(object instance, string name, params object[] arguments) =>
        instance.GetType().GetMethod(name, Hidden)!.Invoke(instance, arguments);
}
