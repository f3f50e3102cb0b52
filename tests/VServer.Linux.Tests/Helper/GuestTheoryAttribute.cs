using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>As <see cref="GuestFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GuestTheoryAttribute : TheoryAttribute
{
    public GuestTheoryAttribute() => Skip = new GuestFactAttribute().Skip;
}
