using VServer.Errors;

namespace VServer.Unify;

/// <summary>What a failed operation on one file means for that file.</summary>
internal static class SkipReasons
{
    public static SkipReason Of(TreeException failure) => failure.Kind switch
    {
        ErrorKind.NotFound or ErrorKind.Changed => SkipReason.Changed,
        ErrorKind.TooManyLinks => SkipReason.LinkLimit,
        ErrorKind.CrossesFileSystem => SkipReason.OtherFileSystem,
        ErrorKind.InvalidArgument => SkipReason.NotRegular,
        ErrorKind.Unsupported => SkipReason.Unsupported,
        ErrorKind.Busy => SkipReason.OpenForWriting,
        _ => SkipReason.Denied,
    };
}
