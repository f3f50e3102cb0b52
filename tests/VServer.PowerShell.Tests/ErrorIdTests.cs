using System.Reflection;
using System.Text.RegularExpressions;
using VServer.Errors;
using VServer.Hosting;
using Xunit;

namespace VServer.PowerShell.Tests;

public sealed partial class ErrorIdTests
{
    private static readonly string[] Ids =
        [.. typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => field.Name)];

    [Fact]
    public void ErrorIds_Each_HasAnEntryInTheList()
    {
        string[] entries = [.. Entry().Matches(Repository.Read("docs/design/error-ids.md")).Select(static match => match.Groups[1].Value)];
        Assert.Equal(Ids.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ErrorIds_Each_IsItsOwnName() =>
        Assert.All(typeof(ErrorIds).GetFields(BindingFlags.Public | BindingFlags.Static), static field => Assert.Equal(field.Name, field.GetRawConstantValue()));

    [Fact]
    public void Exceptions_WithoutId_AreNotReported() => Assert.False(ErrorRecords.CanReport(new InvalidOperationException()));

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
