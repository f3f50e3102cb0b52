namespace VServer.Provision;

/// <summary>An engine that one source has found or made.</summary>
/// <param name="Executable">The program to run.</param>
/// <param name="Version">What it answers to the question for its version.</param>
/// <param name="BuiltIn">The folder in the work folder that holds it, or null when it lives elsewhere.</param>
public sealed record FoundEngine(string Executable, string Version, string? BuiltIn = null);
