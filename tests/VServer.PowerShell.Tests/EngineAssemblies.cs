using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace VServer.PowerShell.Tests;

/// <summary>Where the tests get PowerShell's own assemblies from: the engine in the project's own folder, unless the SDK brought them.</summary>
internal static class EngineAssemblies
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Types of the module derive from the engine's, so it must be found before the first test.")]
    internal static void Resolve() => AssemblyLoadContext.Default.Resolving += FindInEngine;

    private static Assembly? FindInEngine(AssemblyLoadContext context, AssemblyName name)
    {
        string file = $"{Repository.Root}/.engine/engine/{name.Name}.dll";
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
