using Mono.Cecil;

namespace VServer.Provision.Rewriting;

/// <summary>
/// References to the launcher's static methods. The launcher is compiled later, against the rewritten assemblies,
/// so they are made from names and from the signature of what they stand in for.
/// </summary>
public static class LauncherMethod
{
    private const string LauncherAssembly = "pwsh";
    private const string LauncherNamespace = "VServer.Engine";

    /// <summary>A method with the parameters of another, the instance first.</summary>
    public static MethodReference Taking(MethodReference original, string target)
    {
        var module = original.Module;
        var reference = Reference(module, original.ReturnType, target);
        if (original.HasThis)
        {
            reference.Parameters.Add(new ParameterDefinition(Visible(original.DeclaringType)));
        }

        foreach (var parameter in original.Parameters)
        {
            reference.Parameters.Add(new ParameterDefinition(Visible(parameter.ParameterType)));
        }

        return reference;
    }

    /// <summary>A method that takes and returns one value of a type.</summary>
    public static MethodReference Filtering(ModuleDefinition module, TypeReference type, string target)
    {
        var reference = Reference(module, type, target);
        reference.Parameters.Add(new ParameterDefinition(type));
        return reference;
    }

    /// <summary>Checks that the compiled launcher has every method that the assemblies in its folder refer to.</summary>
    /// <exception cref="InvalidDataException">One is missing; the message names it.</exception>
    public static void RequireAll(string folder)
    {
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(folder);
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        foreach (var file in Directory.GetFiles(folder, "*.dll"))
        {
            using var module = ModuleDefinition.ReadModule(file, new ReaderParameters { AssemblyResolver = resolver });
            var missing = module.GetMemberReferences()
                .FirstOrDefault(member => member.DeclaringType.Scope.Name == LauncherAssembly && member.Resolve() is null);
            if (missing is not null)
            {
                throw new InvalidDataException($"{Path.GetFileName(file)} is to call {missing.FullName}, which the launcher has not.");
            }
        }
    }

    private static MethodReference Reference(ModuleDefinition module, TypeReference result, string target)
    {
        var dot = target.LastIndexOf('.');
        var type = new TypeReference(LauncherNamespace, target[..dot], module, Launcher(module));
        return new MethodReference(target[(dot + 1)..], result, type);
    }

    private static AssemblyNameReference Launcher(ModuleDefinition module)
    {
        var reference = module.AssemblyReferences.FirstOrDefault(name => name.Name == LauncherAssembly);
        if (reference is null)
        {
            reference = new AssemblyNameReference(LauncherAssembly, new Version(1, 0, 0, 0));
            module.AssemblyReferences.Add(reference);
        }

        return reference;
    }

    // The launcher cannot name the engine's internal types: it takes their instances as objects, their enums as numbers.
    private static TypeReference Visible(TypeReference type)
    {
        if (type is ByReferenceType or ArrayType or GenericParameter || type.Resolve() is not { } definition || IsPublic(definition))
        {
            return type;
        }

        if (definition.IsEnum)
        {
            return definition.Fields.First(field => field.Name == "value__").FieldType;
        }

        return definition.IsValueType ? type : type.Module.TypeSystem.Object;
    }

    private static bool IsPublic(TypeDefinition type) =>
        type.IsNested ? type.IsNestedPublic && IsPublic(type.DeclaringType) : type.IsPublic;
}
