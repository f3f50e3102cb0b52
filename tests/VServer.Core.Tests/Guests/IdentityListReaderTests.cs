using System.Text;
using System.Text.Json;
using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Guests;
using VServer.Ports;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class IdentityListReaderTests
{
    private const string Path = "/store/.vserver/identity.json";

    private readonly MemoryStoreHost host = new();
    private readonly Store store;

    public IdentityListReaderTests() => store = Store.OpenOrCreate("/store", host);

    [Fact]
    public void For_NoListInTheStore_HasTheBuiltInOne()
    {
        using MemoryFolder tree = new();
        Assert.True(IdentityRules.For(store, tree).IsLeftOut(UnixPath.Parse("etc/ssh/ssh_host_x"), FileKind.Regular));
    }

    [Theory]
    [InlineData("ID=debian", true)]
    [InlineData("NAME=x\nID=\"ubuntu\"\nID_LIKE=\"debian other\"\n", true)]
    [InlineData("ID=fedora", false)]
    [InlineData("", false)]
    public void For_ListOfADistribution_HoldsForItAndThoseLikeIt(string release, bool expected)
    {
        Write("""{ "sets": [{ "distributions": ["debian"], "leaveOut": ["/etc/tool/key"] }] }""");
        using MemoryFolder tree = new MemoryFolder().With("usr/lib/os-release", release).WithLink("etc/os-release", "../usr/lib/os-release");

        Assert.Equal(expected, IdentityRules.For(store, tree).IsLeftOut(UnixPath.Parse("etc/tool/key"), FileKind.Regular));
    }

    [Fact]
    public void TryRead_CommentsAndSchema_AreFine()
    {
        Write("""
            {
              "$schema": "identity.schema.json",
              // ours
              "sets": [{ "keep": ["/etc/ssh/ssh_host_x"], "empty": ["/srv/log/*"], "write": [{ "path": "/etc/who", "content": "{hostName}", "mode": "640", "onlyIfPresent": true }], },],
            }
            """);

        IdentitySet set = Assert.Single(IdentityListReader.TryRead(store)!.Sets);
        Assert.Equal(("640", true), (set.Write[0].Mode, set.Write[0].OnlyIfPresent));
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "empty")]
    [InlineData("[]", "JSON")]
    [InlineData("{}", "sets")]
    [InlineData("""{ "sets": null }""", "sets")]
    [InlineData("""{ "sets": [null] }""", "null")]
    [InlineData("""{ "sets": [{ "leftOut": ["/x"] }] }""", "leftOut")]
    [InlineData("""{ "sets": [{ "leaveOut": ["x"] }] }""", "'x'")]
    [InlineData("""{ "sets": [{ "empty": ["/x/../y"] }] }""", "'/x/../y'")]
    [InlineData("""{ "sets": [{ "keep": ["/x//y"] }] }""", "'/x//y'")]
    [InlineData("""{ "sets": [{ "keep": [null] }] }""", "no absolute path")]
    [InlineData("""{ "sets": [{ "write": [null] }] }""", "null")]
    [InlineData("""{ "sets": [{ "write": [{ "path": "/x*", "content": "" }] }] }""", "'/x*'")]
    [InlineData("""{ "sets": [{ "write": [{ "path": "/x", "content": "", "mode": "4755" }] }] }""", "'4755'")]
    [InlineData("""{ "sets": [{ "write": [{ "path": "/x", "content": "{hostname}" }] }] }""", "{hostName}")]
    [InlineData("""{ "sets": [{ "write": [{ "path": "/x" }] }] }""", "content")]
    public void TryRead_Invalid_IsOneErrorThatSaysWhereAndWhat(string content, string expected)
    {
        Write(content);

        VServerException failure = Assert.Throws<VServerException>(() => IdentityListReader.TryRead(store));

        Assert.Equal((ErrorIds.IdentityListInvalid, ErrorKind.InvalidData, Path), (failure.ErrorId, failure.Kind, failure.Target));
        Assert.Contains(Path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_Keys_AreThoseOfTheCode()
    {
        using JsonDocument schema = StoreSchemaTests.Read("identity.schema.json");
        JsonElement sets = schema.RootElement.GetProperty("properties").GetProperty("sets").GetProperty("items").GetProperty("properties");
        JsonElement files = sets.GetProperty("write").GetProperty("items").GetProperty("properties");
        Assert.Equal(Keys<IdentitySet>(), Names(sets));
        Assert.Equal(["content", "mode", "onlyIfPresent", "path"], Names(files));
    }

    private static IEnumerable<string> Keys<T>() =>
        typeof(T).GetProperties().Where(static property => property.CanWrite).Select(static property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Names(JsonElement properties) =>
        properties.EnumerateObject().Select(static property => property.Name).Order(StringComparer.Ordinal);

    private void Write(string content) => host.Files[Path] = Encoding.UTF8.GetBytes(content);
}
