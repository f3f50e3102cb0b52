using VServer.Linux.Helper;
using VServer.Linux.Tests.Helper;
using VServer.Packages;

namespace VServer.Linux.Tests.Packages;

/// <summary>The host's rpm as the module runs it.</summary>
internal static class HostRpm
{
    public static PackageDatabaseReader Reader() => new(new HelperRpm(GuestImage.BuiltHelper, CancellationToken.None));
}
