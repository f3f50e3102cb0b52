using System.Globalization;
using System.Management.Automation;

namespace VServer.Hosting;

/// <summary>Says in words what a unification did, for -Verbose, -Debug and where something has to be done by the user.</summary>
internal static class UnifyAdvice
{
    /// <summary>Tells the reasons of one guest's result.</summary>
    public static void Give(UnifyResult result, Cmdlet cmdlet)
    {
        cmdlet.WriteVerbose($"{result.Guest}: {Count(result.Linked)} files linked, {Count(result.Reflinked)} reflinked, {Count(result.AlreadyShared)} shared already, {ByteSize.Format(result.SavedBytes)} saved, {Count(result.Packages)} packages in common with {result.Reference}.");
        foreach ((SkipReason reason, long count) in result.Skipped.OrderByDescending(static pair => pair.Value))
        {
            cmdlet.WriteVerbose($"{result.Guest}: {Count(count)} files not shared, because of {reason}.");
        }

        if (result.Skipped.ContainsKey(SkipReason.Running))
        {
            cmdlet.WriteWarning($"'{result.Guest}' runs, so none of its files were shared. Stop it with Stop-VServer {result.Guest} and do this again.");
        }

        if (result.Skipped.ContainsKey(SkipReason.OtherTrustGroup))
        {
            cmdlet.WriteWarning($"'{result.Guest}' and '{result.Reference}' are in different trust groups, so none of their files were shared.");
        }

        if (result.Recovered > 0)
        {
            cmdlet.WriteWarning($"'{result.Guest}' had {Count(result.Recovered)} files left over from an interrupted run; they were removed first.");
        }
    }

    /// <summary>One file's fate in a line.</summary>
    public static string Explain(UnifyFile file)
    {
        string fate = file.Reason is { } reason ? $"not shared, {reason}" : file.Shared ? $"shared by {file.Method}" : "private";
        string detail = file.Detail.Length == 0 ? "" : $" ({file.Detail})";
        return $"{file.Guest}:{file.Path}: {fate}{detail}";
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
