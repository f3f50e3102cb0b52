namespace VServer;

/// <summary>How far a piece of work is.</summary>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all, or 0 when not known yet.</param>
/// <param name="Bytes">Bytes handled.</param>
/// <param name="Current">What is being worked on; only who shows it makes a text of it.</param>
public readonly record struct WorkProgress(long Done, long Total, long Bytes, object Current);
