using System.Management.Automation;
using VServer.Guards;
using VServer.Hosting;
using VServer.Ports;

namespace VServer.Commands;

/// <summary>Test-VServerHost: what this kernel and the store's file system can do.</summary>
[Cmdlet(VerbsDiagnostic.Test, "VServerHost")]
[OutputType(typeof(HostFeature))]
public sealed class TestVServerHostCommand : VServerCommand
{
    /// <inheritdoc/>
    private protected override void Process()
    {
        string folder = NearestFolder(ResolveStorePath());
        IReadOnlyList<HostFeature> features = Work($"Testing {folder}", work => Parts.Guests.Probe(folder, work.Stopping));
        WriteObject(features.Concat(GuardFeatures.From(features)), enumerateCollection: true);
    }

    // A store that is yet to be made will be on the file system of the folder it will be made in.
    private static string NearestFolder(string path) =>
        Directory.Exists(path) || Path.GetDirectoryName(path) is not { } parent ? path : NearestFolder(parent);
}
