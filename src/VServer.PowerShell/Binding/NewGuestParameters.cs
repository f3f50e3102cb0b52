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

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ByteCount]
    [ValidateRange(0, long.MaxValue)]
    public override long MemoryMax { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, int.MaxValue)]
    public override int PidsMax { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0.0, 1000.0)]
    public override double CpuMax { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 1000)]
    public override int IOWeight { get; set; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(-20, 19)]
    public override int Nice { get; set; }
}
