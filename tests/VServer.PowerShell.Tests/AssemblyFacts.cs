using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace VServer.PowerShell.Tests;

/// <summary>What an assembly's own tables say, without running anything of it.</summary>
internal sealed class AssemblyFacts
{
    private AssemblyFacts(IReadOnlyList<string> references, IReadOnlyList<string> nativeMethods)
    {
        References = references;
        NativeMethods = nativeMethods;
    }

    public IReadOnlyList<string> References { get; }

    public IReadOnlyList<string> NativeMethods { get; }

    public static AssemblyFacts Of(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        return new AssemblyFacts(
            [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))],
            [.. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
                .Where(static method => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
                .Select(method => metadata.GetString(method.Name))]);
    }
}
