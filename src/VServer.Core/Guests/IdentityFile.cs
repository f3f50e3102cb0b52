namespace VServer.Guests;

/// <summary>A file that a copy gets with a content of its own.</summary>
// Settable, since the serializer forgets the defaults of what can only be initialized.
internal sealed record IdentityFile
{
    private const string HostName = "{hostName}";
    private const string MachineId = "{machineId}";

    /// <summary>Its path, as the guest sees it.</summary>
    public required string Path { get; init; }

    /// <summary>Its text; <c>{hostName}</c> and <c>{machineId}</c> stand for the guest's.</summary>
    public required string Content { get; init; }

    /// <summary>Its mode, in octal digits.</summary>
    public string Mode { get; set; } = "0644";

    /// <summary>True when it is written only where the original has it.</summary>
    public bool OnlyIfPresent { get; set; }

    /// <summary>The text for one guest.</summary>
    public string For(GuestIdentity identity) =>
        // An empty file is what tells the first start to choose an id.
        identity.MachineId.Length == 0 && Content.Contains(MachineId, StringComparison.Ordinal)
            ? ""
            : Content.Replace(HostName, identity.HostName, StringComparison.Ordinal).Replace(MachineId, identity.MachineId, StringComparison.Ordinal);

    /// <summary>True when the text is made of the host name and of nothing else of the guest's.</summary>
    public bool TellsHostName => Content.Contains(HostName, StringComparison.Ordinal) && !Content.Contains(MachineId, StringComparison.Ordinal);

    /// <summary>True when the text has braces that stand for nothing.</summary>
    public bool HasUnknownPlaceholder =>
        Content.Replace(HostName, "", StringComparison.Ordinal).Replace(MachineId, "", StringComparison.Ordinal).AsSpan().ContainsAny('{', '}');
}
