using System.Management.Automation;

namespace VServer.Binding;

/// <summary>The same for guests to be made, where rows of a list may say it of each.</summary>
/// <remarks>Not for guests that exist: they have properties of these names, and a piped guest would set its own old values.</remarks>
public sealed class NewGuestParameters : GuestParameters
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override RestartPolicy Restart { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public override RebootPolicy Reboot { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(-1000, 1000)]
    public override int Priority { get; set; }
}
