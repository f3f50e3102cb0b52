namespace VServer;

/// <summary>What a copy got, or under -WhatIf would get, in place of one entry of its reference.</summary>
public sealed record CopyFile
{
    /// <summary>The copy.</summary>
    public required string Guest { get; init; }

    /// <summary>The entry, as the guest sees it.</summary>
    public required UnixPath Path { get; init; }

    /// <summary>What it got.</summary>
    public CopyAction Action { get; init; }

    /// <summary>Why.</summary>
    public CopyReason Reason { get; init; }

    /// <summary>Its length in the reference, in bytes.</summary>
    public long Size { get; init; }
}
