using VServer.Errors;
using VServer.Guests;
using Xunit;

namespace VServer.Core.Tests.Guests;

public sealed class AllOrNothingTests
{
    private readonly List<string> done = [];

    [Fact]
    public void Run_Success_UndoesNothing()
    {
        AllOrNothing.Run("web1", () => done.Add("make"), () => done.Add("undo"));
        Assert.Equal(["make"], done);
    }

    [Theory]
    [InlineData(ErrorKind.NoSpace, ErrorIds.StoreFull)]
    [InlineData(ErrorKind.ReadOnly, ErrorIds.StoreReadOnly)]
    [InlineData(ErrorKind.CrossesFileSystem, ErrorIds.FileSystemsDiffer)]
    [InlineData(ErrorKind.InputOutput, ErrorIds.TreeFailed)]
    public void Run_TreeFails_UndoesAndTellsById(ErrorKind kind, string expected)
    {
        VServerException failure = Assert.Throws<VServerException>(() => AllOrNothing.Run(
            "web1", () => throw new TreeException(kind, 5, "write", null, "Cannot write."), () => done.Add("undo")));

        Assert.Equal(["undo"], done);
        Assert.Equal((expected, kind, "web1"), (failure.ErrorId, failure.Kind, failure.Target));
    }

    [Fact]
    public void Run_Cancelled_UndoesAndStaysCancelled()
    {
        Assert.Throws<OperationCanceledException>(() => AllOrNothing.Run("web1", () => throw new OperationCanceledException(), () => done.Add("undo")));
        Assert.Equal(["undo"], done);
    }

    [Fact]
    public void Run_UndoFailsToo_TellsTheFirstFailure()
    {
        VServerException first = new(ErrorIds.StoreFull, ErrorKind.NoSpace, "web1", "full");
        VServerException second = new(ErrorIds.TreeFailed, ErrorKind.InputOutput, "web1", "broken");

        Assert.Same(first, Assert.Throws<VServerException>(() => AllOrNothing.Run("web1", () => throw first, () => throw second)));
    }
}
