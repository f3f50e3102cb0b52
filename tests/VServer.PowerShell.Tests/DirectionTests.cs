using System.Reflection;
using VServer.Commands;
using VServer.Linux.Trees;
using Xunit;

namespace VServer.PowerShell.Tests;

public sealed class DirectionTests
{
    private static readonly Assembly Core = typeof(Guest).Assembly;
    private static readonly Assembly Linux = typeof(LinuxTreeHost).Assembly;
    private static readonly Assembly Cmdlets = typeof(GetVServerCommand).Assembly;

    [Fact]
    public void Core_References_BaseClassLibraryAlone() => Assert.All(AssemblyFacts.Of(Core).References, AssertBaseClassLibrary);

    [Fact]
    public void Linux_References_CoreAndPosixAlone() =>
        Assert.All(AssemblyFacts.Of(Linux).References.Except(["VServer.Core", "Mono.Posix.NETStandard"]), AssertBaseClassLibrary);

    [Fact]
    public void PowerShell_References_EngineCoreAndLinuxAlone() =>
        Assert.All(AssemblyFacts.Of(Cmdlets).References.Except(["VServer.Core", "VServer.Linux", "System.Management.Automation"]), AssertBaseClassLibrary);

    [Fact]
    public void NativeCalls_All_AreInLinux()
    {
        Assert.Empty(AssemblyFacts.Of(Core).NativeMethods);
        Assert.Empty(AssemblyFacts.Of(Cmdlets).NativeMethods);
        Assert.NotEmpty(AssemblyFacts.Of(Linux).NativeMethods);
    }

    [Fact]
    public void Linux_TypesOfPosix_AreInNoPublicSignature() =>
        Assert.DoesNotContain(
            Linux.GetExportedTypes().SelectMany(static type => type.GetMethods()).SelectMany(Signature),
            static type => type.Namespace?.StartsWith("Mono", StringComparison.Ordinal) == true);

    [Fact]
    public void Adapters_InPowerShell_AreNamedInHostPartsAlone()
    {
        string[] users = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/VServer.PowerShell"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => File.ReadAllText(file).Contains("using VServer.Linux", StringComparison.Ordinal))
            .Select(static file => Path.GetFileName(file))];
        Assert.Equal(["HostParts.cs"], users);
    }

    private static IEnumerable<Type> Signature(MethodInfo method) =>
        method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType);

    // The name is asked of the runtime: what it brings along is the base class library.
    private static void AssertBaseClassLibrary(string name) =>
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll")), $"{name} is no part of the runtime.");
}
