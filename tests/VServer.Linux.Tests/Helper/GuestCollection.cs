using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>Tests with guests share an image and run one after another: some of them look at all processes and mounts of the host.</summary>
[CollectionDefinition(Name)]
public sealed class GuestCollection : ICollectionFixture<GuestImage>
{
    public const string Name = "guests";
}
