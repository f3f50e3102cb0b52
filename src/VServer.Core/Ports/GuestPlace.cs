namespace VServer.Ports;

/// <summary>Where a guest is on the host.</summary>
/// <param name="Name">The guest's name.</param>
/// <param name="Tree">Absolute path of its tree.</param>
/// <param name="Upper">Absolute path of the delta's files.</param>
/// <param name="Work">Absolute path of the delta's work folder.</param>
/// <param name="Run">Absolute path of its run-time folder.</param>
public sealed record GuestPlace(string Name, string Tree, string Upper, string Work, string Run);
