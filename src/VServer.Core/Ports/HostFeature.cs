namespace VServer.Ports;

/// <summary>One thing that a kernel or file system can or cannot do.</summary>
/// <param name="Name">E.g. <c>idmapped-mounts</c>.</param>
/// <param name="Available">True when it can.</param>
/// <param name="NativeError">The errno the attempt gave, or 0.</param>
/// <param name="Detail">What was tried and what follows from its lack; empty when there is nothing to say.</param>
public sealed record HostFeature(string Name, bool Available, int NativeError, string Detail);
