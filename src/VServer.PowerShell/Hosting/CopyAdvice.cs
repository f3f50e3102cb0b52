using static VServer.Hosting.UnifyAdvice;

namespace VServer.Hosting;

/// <summary>Says in words what a copy got, for -Verbose and -Debug.</summary>
internal static class CopyAdvice
{
    /// <summary>One copy's numbers in a sentence.</summary>
    public static string Sum(CopyResult result) =>
        $"{result.Guest}: {Count(result.FilesLinked)} files linked with {result.Reference}, {Count(result.FilesCopied)} copied ({ByteSize.Format(result.BytesCopied)}), {Count(result.FilesWritten)} written anew, {Count(result.LeftOut)} left out; {Count(result.DirectoriesMade)} directories, {Count(result.SymbolicLinks)} symlinks, {Count(result.SpecialFiles)} special files made.";

    /// <summary>One entry's fate in a line.</summary>
    public static string Explain(CopyFile file) => $"{file.Guest}:{file.Path}: {file.Action}, {file.Reason}";
}
