using System.Collections.ObjectModel;
using System.Management.Automation;
using Xunit;

namespace VServer.PowerShell.Tests;

/// <summary>The built module in a hosted engine: as programs use it, without a pwsh.</summary>
public sealed class HostingTests(HostedEngine engine) : IClassFixture<HostedEngine>
{
    [Fact]
    public void Import_InAHostedEngine_GivesTheManifestsCmdlets()
    {
        Collection<PSObject> commands = engine.Run("(Get-Command -Module VServer -CommandType Cmdlet).Name");
        Assert.Equal(ManifestTests.ReadExported(), commands.Select(static name => name.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void UnknownGuest_InAHostedEngine_IsAnErrorRecordWithItsId()
    {
        string store = Directory.CreateTempSubdirectory("vserver-hosting-").FullName;
        try
        {
            Collection<PSObject> errors = engine.Run($"$e = $null; Get-VServer nobody -Store '{store}' -ErrorVariable e -ErrorAction SilentlyContinue; $e.FullyQualifiedErrorId");
            Assert.Equal("GuestNotFound,VServer.Commands.GetVServerCommand", Assert.Single(errors).ToString());
        }
        finally
        {
            Directory.Delete(store, recursive: true);
        }
    }
}
