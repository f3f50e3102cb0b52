namespace VServer.Guests;

/// <summary>What a copy gets in place of an entry, and why.</summary>
internal readonly record struct CloneDecision(CopyAction Action, CopyReason Reason);
