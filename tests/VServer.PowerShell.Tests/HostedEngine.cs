using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace VServer.PowerShell.Tests;

/// <summary>A runspace with the built module in it. See <see cref="EngineAssemblies"/> for where the engine comes from.</summary>
public sealed class HostedEngine : IDisposable
{
    private readonly Runspace runspace;

    public HostedEngine()
    {
        runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        Run($"Import-Module '{Directory.GetFiles($"{Repository.Root}/out/VServer", "VServer.psd1", SearchOption.AllDirectories)[0]}'");
    }

    public Collection<PSObject> Run(string script)
    {
        using System.Management.Automation.PowerShell shell = System.Management.Automation.PowerShell.Create();
        shell.Runspace = runspace;
        Collection<PSObject> output = shell.AddScript(script).Invoke();
        return shell.HadErrors && shell.Streams.Error.Count > 0
            ? throw new InvalidOperationException(shell.Streams.Error[0].ToString(), shell.Streams.Error[0].Exception)
            : output;
    }

    public void Dispose() => runspace.Dispose();
}
