using System.Globalization;

namespace VServer.Hosting;

/// <summary>Says in words what a unification did, for -Verbose, -Debug and where something has to be done by the user.</summary>
internal static class UnifyAdvice
{
    /// <summary>Tells the reasons of one guest's result.</summary>
    public static void Give(UnifyResult result, Action<string> tell, Action<string> warn)
    {
        tell($"{result.Guest}: {Count(result.Linked)} files linked, {Count(result.Reflinked)} reflinked, {Count(result.AlreadyShared)} shared already, {ByteSize.Format(result.SavedBytes)} saved, {Count(result.Packages)} packages in common with {result.Reference}.");
        foreach ((SkipReason reason, long count) in result.Skipped.OrderByDescending(static pair => pair.Value))
        {
            tell($"{result.Guest}: {Count(count)} files not shared, because of {reason}.");
        }

        foreach (UnifyPackage package in result.PackagesDiffering.Concat(result.PackagesMissing))
        {
            tell($"{result.Guest}: nothing shared of {package}.");
        }

        if (result.Queued)
        {
            tell($"{result.Guest}: it runs, so this waits for its next Start-VServer or Restart-VServer.");
        }
        else if (result.Skipped.ContainsKey(SkipReason.Running))
        {
            warn($"'{result.Guest}' runs, so none of its files were shared. Stop it with Stop-VServer {result.Guest} and do this again, or use -AtNextStart.");
        }

        if (result.Skipped.ContainsKey(SkipReason.OtherTrustGroup))
        {
            warn($"'{result.Guest}' and '{result.Reference}' are in different trust groups, so none of their files were shared.");
        }

        if (result.OtherManager is { } manager)
        {
            warn($"The packages of '{result.Guest}' are {manager}'s and those of '{result.Reference}' another package manager's: they have none in common, so no file was shared. Equal files are shared without package lists by -Scope Tree.");
        }

        if (result.Recovered > 0)
        {
            warn($"'{result.Guest}' had {Count(result.Recovered)} files left over from an interrupted run; they were removed first.");
        }
    }

    /// <summary>One file's fate in a line.</summary>
    public static string Explain(UnifyFile file)
    {
        string fate = file.Reason is not { } reason ? file.Shared ? $"shared by {file.Method}" : "private"
            : reason == SkipReason.AlreadyShared ? "shared already"
            : $"not shared, {Refuser(reason)}: {reason}";
        string detail = file.Detail.Length == 0 ? "" : $" ({file.Detail})";
        return $"{file.Guest}:{file.Path}: {fate}{detail}";
    }

    /// <summary>A number as it is told everywhere.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Refuser(SkipReason reason) => reason switch
    {
        SkipReason.NotInReference or SkipReason.VersionDiffers or SkipReason.Configuration => "refused by the package gate",
        SkipReason.ContentDiffers => "refused by the content gate",
        SkipReason.MetadataDiffers or SkipReason.NotRegular => "refused by the metadata gate",
        SkipReason.Excluded or SkipReason.Empty or SkipReason.TooSmall => "left out by the rules",
        SkipReason.OtherTrustGroup or SkipReason.Running => "refused for the whole guest",
        _ => "not possible now",
    };
}
