using System.Management.Automation;
using VServer.Hosting;
using VServer.Networks;

namespace VServer.Commands;

/// <summary>New-VServerNetwork: makes a network for guests.</summary>
[Cmdlet(VerbsCommon.New, "VServerNetwork", SupportsShouldProcess = true)]
[OutputType(typeof(Network))]
public sealed class NewVServerNetworkCommand : NewItemCommand
{
    /// <summary>Name of the network.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>A subnet of IPv4, one of IPv6, or both.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Subnet { get; set; } = [];

    /// <summary>Lets guests reach what the host reaches, under the host's address.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Masquerade { get; set; }

    /// <summary>What it is for, in your words.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ValidateNotNull]
    public string Description { get; set; } = "";

    /// <inheritdoc/>
    private protected override void Process() => Attempt(Name, () =>
    {
        NetworkConfig config = new() { Name = Name, Subnets = Subnet, Masquerade = Masquerade, Description = Description };
        NetworkName.Check(Name);
        Subnets.Parse(Subnet);
        if (Directory.Exists(ResolveStorePath()))
        {
            Session().Networks.Check(config);
        }

        if (ShouldProcess(Name, $"Make a network of {string.Join(", ", Subnet)}"))
        {
            WriteObject(SessionForNew().Networks.Create(config));
        }
    });
}
