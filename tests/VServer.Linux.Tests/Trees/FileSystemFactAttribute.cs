using Xunit;

namespace VServer.Linux.Tests.Trees;

/// <summary>A test that makes a file system of some type; skipped with the reason where the type's tools are missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FileSystemFactAttribute : FactAttribute
{
    private static readonly string[] Folders = ["/sbin", "/usr/sbin", "/bin", "/usr/bin"];

    public FileSystemFactAttribute(string type)
    {
        Type = type;
        if (!Array.Exists(Folders, folder => File.Exists($"{folder}/mkfs.{type}")))
        {
            Skip = $"mkfs.{type} is not installed";
        }
    }

    /// <summary>What mkfs calls it.</summary>
    public string Type { get; }
}
