using VServer.Hosting;
using Xunit;

namespace VServer.PowerShell.Tests;

public sealed class ByteSizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(102_348, "99.9 KiB")]
    [InlineData(102_400, "100 KiB")]
    [InlineData(1_048_575, "1.0 MiB")]
    [InlineData(-2048, "-2.0 KiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void ByteSize_Number_IsWrittenForPeople(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));
}
