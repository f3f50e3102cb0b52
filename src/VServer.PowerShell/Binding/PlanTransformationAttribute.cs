using System.Collections;
using System.Management.Automation;
using VServer.Unify;

namespace VServer.Binding;

/// <summary>Takes a plan as it was made, or as Import-Clixml or ConvertFrom-Json gives it back. What is no plan stays as it is, for others to bind.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlanTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? bare = (inputData as PSObject)?.BaseObject ?? inputData;
        return bare is UnifyPlan ? bare
            : Read(inputData, nameof(UnifyPlan.StoreId)) is null || Read(inputData, nameof(UnifyPlan.Entries)) is not IEnumerable entries ? inputData
            : ToPlan(inputData, entries);
    }

    private static UnifyPlan ToPlan(object data, IEnumerable entries) => new()
    {
        Store = Value<string>(data, nameof(UnifyPlan.Store)),
        StoreId = Value<string>(data, nameof(UnifyPlan.StoreId)),
        Reference = Read(data, nameof(UnifyPlan.Reference)) is null ? null : Value<string>(data, nameof(UnifyPlan.Reference)),
        Scope = Value<UnifyScope>(data, nameof(UnifyPlan.Scope)),
        Method = Value<UnifyMethod>(data, nameof(UnifyPlan.Method)),
        Guard = Value<UnifyGuard>(data, nameof(UnifyPlan.Guard)),
        Rules = Value<string[]>(data, nameof(UnifyPlan.Rules)) ?? [],
        IgnoreTime = Value<bool>(data, nameof(UnifyPlan.IgnoreTime)),
        Guests = Value<string[]>(data, nameof(UnifyPlan.Guests)) ?? [],
        Entries = [.. entries.Cast<object>().Select(ToEntry)],
    };

    private static UnifyPlanEntry ToEntry(object data) => new()
    {
        Guest = Value<string>(data, nameof(UnifyPlanEntry.Guest)),
        Path = Value<string>(data, nameof(UnifyPlanEntry.Path)),
        Device = Value<ulong>(data, nameof(UnifyPlanEntry.Device)),
        Size = Value<long>(data, nameof(UnifyPlanEntry.Size)),
        Inode = Value<ulong>(data, nameof(UnifyPlanEntry.Inode)),
        Links = Value<uint>(data, nameof(UnifyPlanEntry.Links)),
        Modified = Value<string>(data, nameof(UnifyPlanEntry.Modified)),
        Changed = Value<string>(data, nameof(UnifyPlanEntry.Changed)),
        ReferenceGuest = Value<string>(data, nameof(UnifyPlanEntry.ReferenceGuest)),
        ReferencePath = Value<string>(data, nameof(UnifyPlanEntry.ReferencePath)),
        ReferenceDevice = Value<ulong>(data, nameof(UnifyPlanEntry.ReferenceDevice)),
        ReferenceInode = Value<ulong>(data, nameof(UnifyPlanEntry.ReferenceInode)),
        ReferenceLinks = Value<uint>(data, nameof(UnifyPlanEntry.ReferenceLinks)),
        ReferenceModified = Value<string>(data, nameof(UnifyPlanEntry.ReferenceModified)),
        ReferenceChanged = Value<string>(data, nameof(UnifyPlanEntry.ReferenceChanged)),
    };

    private static T Value<T>(object data, string name)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<T>(Read(data, name));
        }
        catch (PSInvalidCastException failure)
        {
            throw new ArgumentTransformationMetadataException($"The plan cannot be read: {name} is not what a plan has there. Nothing was changed.", failure);
        }
    }

    // ConvertFrom-Json -AsHashtable gives dictionaries; CLIXML wraps lists and enums, which the engine's conversions unwrap.
    private static object? Read(object data, string name)
    {
        object? value = (data as PSObject)?.BaseObject is IDictionary wrapped ? wrapped[name]
            : data is IDictionary plain ? plain[name]
            : PSObject.AsPSObject(data).Properties[name]?.Value;
        return value is PSObject { BaseObject: not PSCustomObject } known ? known.BaseObject : value;
    }
}
