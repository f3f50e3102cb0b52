using System.Management.Automation;
using VServer.Hosting;

namespace VServer.Binding;

/// <summary>Takes sizes as text too: <c>512MB</c>, as the engine writes numbers, and <c>512 MiB</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByteCountAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text && ByteSize.TryParse(text) is long bytes ? bytes : inputData;
}
