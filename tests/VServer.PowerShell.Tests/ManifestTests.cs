using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using VServer.Commands;
using Xunit;

namespace VServer.PowerShell.Tests;

/// <summary>Attributes are read as data: the engine's library that these tests are built with has no bodies to run.</summary>
public sealed partial class ManifestTests
{
    private static readonly Type[] Commands =
        [.. typeof(GetVServerCommand).Assembly.GetTypes().Where(static type => Find<CmdletAttribute>(type) is not null)];

    [Fact]
    public void Manifest_CmdletsToExport_AreTheClasses()
    {
        Assert.Equal(Commands.Select(CommandName).Order(StringComparer.Ordinal), ReadExported());
    }

    [Fact]
    public void Manifest_ModuleVersion_IsTheAssemblies() =>
        Assert.Contains($"= '{typeof(GetVServerCommand).Assembly.GetName().Version?.ToString(3)}'", Repository.Read("VServer.psd1"), StringComparison.Ordinal);

    [Fact]
    public void Commands_Each_IsSealedAndNamedAfterItsVerbAndNoun() => Assert.All(Commands, static type =>
    {
        Assert.True(type.IsSealed);
        Assert.Equal(CommandName(type).Replace("-", "", StringComparison.Ordinal) + "Command", type.Name);
    });

    [Fact]
    public void Commands_ThatEmit_SayWhat() => Assert.All(
        Commands.Where(static type => !StartsWith(type, "Remove") && !StartsWith(type, "Enter")),
        static type => Assert.NotNull(Find<OutputTypeAttribute>(type)));

    [Fact]
    public void Commands_ThatChange_AskFirst() => Assert.All(
        Commands.Where(static type => !StartsWith(type, "Compare") && !StartsWith(type, "Get") && !StartsWith(type, "Measure") && !StartsWith(type, "Test") && !StartsWith(type, "Wait")),
        static type => Assert.Contains(Find<CmdletAttribute>(type)!.NamedArguments, static argument => argument.MemberName == "SupportsShouldProcess"));

    /// <summary>The cmdlets that the manifest exports, in its order.</summary>
    internal static IReadOnlyList<string> ReadExported() =>
    [
        .. Quoted().Matches(CmdletList().Match(Repository.Read("VServer.psd1")).Groups[1].Value).Select(static match => match.Groups[1].Value),
    ];

    private static bool StartsWith(Type type, string verb) => type.Name.StartsWith(verb, StringComparison.Ordinal);

    private static CustomAttributeData? Find<T>(Type type) =>
        type.GetCustomAttributesData().FirstOrDefault(static data => data.AttributeType == typeof(T));

    private static string CommandName(Type type) => string.Join('-', Find<CmdletAttribute>(type)!.ConstructorArguments.Select(static argument => argument.Value));

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\(([^)]*)\)")]
    private static partial Regex CmdletList();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
