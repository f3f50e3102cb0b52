using Mono.Cecil;
using Mono.Cecil.Cil;

namespace VServer.Provision.Rewriting;

/// <summary>Does to a method's body what one line of the table asks for.</summary>
internal static class BodyReplacer
{
    public static void Replace(MethodDefinition method, Replacement replacement)
    {
        switch (replacement.Kind)
        {
            case ReplacementKind.Filter:
                FilterResult(method, replacement);
                break;
            case ReplacementKind.Redirect:
                RedirectCalls(method, replacement);
                break;
            default:
                WriteBody(method, replacement);
                break;
        }
    }

    private static void WriteBody(MethodDefinition method, Replacement replacement)
    {
        Empty(method);
        var il = method.Body.GetILProcessor();
        if (replacement.Kind == ReplacementKind.Call)
        {
            EmitCall(il, method, replacement.Target);
        }
        else
        {
            EmitOutParameters(il, method);
            EmitReturnValue(il, method, replacement);
        }

        il.Emit(OpCodes.Ret);
    }

    private static void Empty(MethodDefinition method)
    {
        if (method.IsPInvokeImpl)
        {
            // In this order: taking the entry point away marks the method as a native call again.
            method.PInvokeInfo = null;
            method.IsPInvokeImpl = false;
        }

        method.ImplAttributes = MethodImplAttributes.IL | MethodImplAttributes.Managed;
        method.Body = new MethodBody(method) { InitLocals = true };
    }

    private static void EmitOutParameters(ILProcessor il, MethodDefinition method)
    {
        foreach (var parameter in method.Parameters.Where(p => p.IsOut && p.ParameterType is ByReferenceType))
        {
            il.Emit(OpCodes.Ldarg, parameter);
            il.Emit(OpCodes.Initobj, ((ByReferenceType)parameter.ParameterType).ElementType);
        }
    }

    private static void EmitReturnValue(ILProcessor il, MethodDefinition method, Replacement replacement)
    {
        if (method.ReturnType.MetadataType == MetadataType.Void)
        {
            return;
        }

        if (replacement.Kind == ReplacementKind.Constant)
        {
            il.Emit(OpCodes.Ldc_I4, replacement.Value);
            return;
        }

        var result = new VariableDefinition(method.ReturnType);
        method.Body.Variables.Add(result);
        il.Emit(OpCodes.Ldloca, result);
        il.Emit(OpCodes.Initobj, method.ReturnType);
        il.Emit(OpCodes.Ldloc, result);
    }

    private static void EmitCall(ILProcessor il, MethodDefinition method, string target)
    {
        foreach (var parameter in method.Body.ThisParameter is { } self && !method.IsStatic
            ? method.Parameters.Prepend(self)
            : method.Parameters)
        {
            il.Emit(OpCodes.Ldarg, parameter);
        }

        il.Emit(OpCodes.Call, LauncherMethod.Taking(method, target));
    }

    private static void FilterResult(MethodDefinition method, Replacement replacement)
    {
        var il = method.Body.GetILProcessor();
        var filter = LauncherMethod.Filtering(method.Module, method.ReturnType, replacement.Target);
        foreach (var exit in method.Body.Instructions.Where(i => i.OpCode == OpCodes.Ret).ToList())
        {
            // The branches that lead to the exit have to meet the call first.
            exit.OpCode = OpCodes.Call;
            exit.Operand = filter;
            il.InsertAfter(exit, il.Create(OpCodes.Ret));
        }
    }

    private static void RedirectCalls(MethodDefinition method, Replacement replacement)
    {
        var calls = method.Body.Instructions
            .Where(i => i.Operand is MethodReference callee && $"{callee.DeclaringType.FullName}::{callee.Name}" == replacement.Callee)
            .ToList();
        if (calls.Count == 0)
        {
            throw new InvalidDataException($"{replacement} does not call {replacement.Callee}: this is not the version the table was made for.");
        }

        foreach (var call in calls)
        {
            call.Operand = LauncherMethod.Taking((MethodReference)call.Operand, replacement.Target);
            call.OpCode = OpCodes.Call;
        }
    }
}
