using System.Globalization;

namespace VServer.Crash.Tests;

/// <summary>How long the harness may take: every place once in any event, then as many more as there is time for.</summary>
internal static class Effort
{
    private const double Ordinary = 40;

    /// <summary>Which error comes first: another one every day, so that all of them have their turn; that of another day where it is asked for.</summary>
    public static int Start =>
        int.TryParse(Environment.GetEnvironmentVariable("VSERVER_CRASH_DAY"), CultureInfo.InvariantCulture, out int day) ? day : DateTime.UtcNow.DayOfYear;

    /// <summary>True when everything is to be tried, however long it takes.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("VSERVER_TEST_HEAVY") == "1";

    /// <summary>A part of the time that one piece of work has.</summary>
    public static TimeSpan Share(double part)
    {
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("VSERVER_CRASH_SECONDS"), CultureInfo.InvariantCulture, out double given) ? given : Ordinary;
        return IsFull ? TimeSpan.MaxValue : TimeSpan.FromSeconds(part * seconds / Scenario.All.Count);
    }

    /// <summary>Adds a table to the report that lies beside the other test results.</summary>
    public static void Publish(string table)
    {
        string folder = $"{Programs.Repository}/out/test-results";
        Directory.CreateDirectory(folder);
        File.AppendAllText($"{folder}/crash-coverage.md", table);
    }
}
