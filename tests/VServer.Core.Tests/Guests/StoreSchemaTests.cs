using System.Text;
using System.Text.Json;
using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Guests;
using VServer.Networks;
using VServer.Templates;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class StoreSchemaTests
{
    private readonly MemoryStoreHost host = new();

    [Fact]
    public void Save_Guest_WritesJustThePublishedKeys()
    {
        Store.OpenOrCreate("/store", host).Save(new GuestConfig { Name = "web1", HostName = "web1", Reference = "ref" });
        AssertMatches("guest.schema.json", "/store/.vserver/guests/web1.json");
    }

    [Fact]
    public void Save_Template_WritesJustThePublishedKeys()
    {
        Store.OpenOrCreate("/store", host).Save(new TemplateConfig { Name = "ref" });
        AssertMatches("template.schema.json", "/store/.vserver/templates/ref.json");
    }

    [Fact]
    public void Save_Network_WritesJustThePublishedKeys()
    {
        new NetworkStore(Store.OpenOrCreate("/store", host)).Save(new NetworkConfig { Name = "lan", Number = 1, Subnets = ["10.1.2.0/24"] });
        AssertMatches("network.schema.json", "/store/.vserver/networks/lan.json");
    }

    [Fact]
    public void Read_GuestOfAnEarlierVersion_HasTheDefaultsOfKeysItLacks()
    {
        Store store = Store.OpenOrCreate("/store", host);
        host.Files["/store/.vserver/guests/web1.json"] = """{ "name": "web1", "hostName": "web1" }"""u8.ToArray();
        store.Save(store.ReadGuest("web1"));
        byte[] read = host.Files["/store/.vserver/guests/web1.json"];
        store.Save(new GuestConfig { Name = "web1", HostName = "web1" });
        Assert.Equal(Encoding.UTF8.GetString(host.Files["/store/.vserver/guests/web1.json"]), Encoding.UTF8.GetString(read));
    }

    [Fact]
    public void Read_TemplateOfAnEarlierVersion_HasTheDefaultsOfKeysItLacks()
    {
        Store store = Store.OpenOrCreate("/store", host);
        host.Files["/store/.vserver/templates/ref.json"] = """{ "name": "ref" }"""u8.ToArray();
        store.Save(store.ReadTemplate("ref"));
        byte[] read = host.Files["/store/.vserver/templates/ref.json"];
        store.Save(new TemplateConfig { Name = "ref" });
        Assert.Equal(Encoding.UTF8.GetString(host.Files["/store/.vserver/templates/ref.json"]), Encoding.UTF8.GetString(read));
    }

    [Theory]
    [InlineData("mounts")]
    [InlineData("network")]
    [InlineData("command")]
    public void Read_KeyThatIsNull_IsRefused(string key)
    {
        Store store = Store.OpenOrCreate("/store", host);
        host.Files["/store/.vserver/guests/web1.json"] = Encoding.UTF8.GetBytes($$"""{ "name": "web1", "hostName": "web1", "{{key}}": null }""");
        VServerException failure = Assert.Throws<VServerException>(() => store.ReadGuest("web1"));
        Assert.Equal(ErrorIds.GuestConfigInvalid, failure.ErrorId);
    }

    [Theory]
    [InlineData("init", typeof(InitStyle))]
    [InlineData("delta", typeof(DeltaPolicy))]
    [InlineData("restart", typeof(RestartPolicy))]
    [InlineData("reboot", typeof(RebootPolicy))]
    public void Schema_Choices_AreThoseOfTheCode(string key, Type type)
    {
        using JsonDocument schema = Read("guest.schema.json");
        JsonElement choices = schema.RootElement.GetProperty("properties").GetProperty(key).GetProperty("enum");
        Assert.Equal(Enum.GetNames(type), choices.EnumerateArray().Select(choice => choice.GetString()));
    }

    [Fact]
    public void Schema_MountTypes_AreThoseOfTheCode()
    {
        using JsonDocument schema = Read("guest.schema.json");
        JsonElement type = schema.RootElement.GetProperty("properties").GetProperty("mounts").GetProperty("items").GetProperty("properties").GetProperty("type");
        Assert.Equal(Enum.GetNames<MountType>(), type.GetProperty("enum").EnumerateArray().Select(static choice => choice.GetString()));
    }

    internal static JsonDocument Read(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder!, "docs", "design", name))); // The tests run from within the project.
    }

    private void AssertMatches(string schemaName, string path)
    {
        using JsonDocument schema = Read(schemaName);
        using JsonDocument written = JsonDocument.Parse(host.Files[path]);
        Assert.Equal(
            schema.RootElement.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal),
            written.RootElement.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
    }
}
