using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>A test of a limit; skipped with the reason where guests cannot be run, or the host has no such controller.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LimitFactAttribute : FactAttribute
{
    private const string Hierarchies = "/sys/fs/cgroup";

    /// <summary>Needs a controller by its name in version 2.</summary>
    public LimitFactAttribute(string controller)
    {
        Controller = controller;
        bool offered = Directory.Exists($"{Hierarchies}/{controller}")
            || new[] { $"{Hierarchies}/cgroup.controllers", $"{Hierarchies}/unified/cgroup.controllers" }
                .Any(file => File.Exists(file) && File.ReadAllText(file).Split(' ', '\n').Contains(controller));
        Skip = new GuestFactAttribute().Skip ?? (offered ? null : $"this host has no cgroup controller '{controller}'");
    }

    /// <summary>The controller.</summary>
    public string Controller { get; }

    /// <summary>A path that must be there.</summary>
    public string Needs
    {
        get;
        set
        {
            field = value;
            Skip ??= new GuestFactAttribute { Needs = value }.Skip;
        }
    } = "";
}
