using System.Globalization;
using VServer.Ports;

namespace VServer.Guests;

/// <summary>What is wrong with a guest, in words; null when nothing is.</summary>
internal static class GuestReason
{
    /// <summary>Of a running guest.</summary>
    public static string? Of(GuestProcess process) => process.Command is { IsFailure: true } end ? $"its command ended {Tell(end)}" : null;

    /// <summary>Of a guest that does not run.</summary>
    public static string? Of(GuestEnd? end, GuestConfig config) => end switch
    {
        null => null,
        { TooOften: true } => string.Create(
            CultureInfo.InvariantCulture,
            $"it was started again {config.RestartLimit} times within {config.RestartPeriodSec} seconds, and has ended once more"),
        { Error: string error } => $"its end, or its restart, failed: {error}",
        { Init: null } => "its monitor was killed, and the guest with it",
        { Asked: false, Init: { IsFailure: true } init } => $"its process 1 ended {Tell(init)}",
        _ => null,
    };

    private static string Tell(ProgramEnd end) => string.Create(CultureInfo.InvariantCulture, $"{(end.Signaled ? "by signal" : "with exit code")} {end.Number}");
}
