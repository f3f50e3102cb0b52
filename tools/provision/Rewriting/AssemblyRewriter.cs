using Mono.Cecil;
using Mono.Cecil.Cil;

namespace VServer.Provision.Rewriting;

/// <summary>
/// Turns an assembly compiled ahead of time for Windows into one of intermediate language only,
/// with the method bodies and constants of a <see cref="ReplacementTable"/>.
/// </summary>
public sealed class AssemblyRewriter(ReplacementTable table)
{
    // The CLI header's mark of a ReadyToRun image; the metadata library has no name for it.
    private const ModuleAttributes ILLibrary = (ModuleAttributes)0x4;

    /// <summary>Rewrites one assembly; what it refers to is looked for beside it and in the shared framework.</summary>
    /// <exception cref="InvalidDataException">The table names a method or a constant that the assembly has not.</exception>
    public void Rewrite(string source, string destination)
    {
        var name = Path.GetFileNameWithoutExtension(destination);
        using var resolver = new DefaultAssemblyResolver();
        resolver.AddSearchDirectory(Path.GetDirectoryName(source));
        resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location));
        using var module = ModuleDefinition.ReadModule(source, new ReaderParameters { AssemblyResolver = resolver });
        foreach (var replacement in table.Methods.Where(row => row.Assembly == name))
        {
            foreach (var method in FindMethods(module, replacement))
            {
                BodyReplacer.Replace(method, replacement);
            }
        }

        foreach (var literal in table.Literals.Where(row => row.Assembly == name))
        {
            ReplaceLiteral(module, literal);
        }

        MakePortable(module);
        module.Write(destination);
    }

    private static void MakePortable(ModuleDefinition module)
    {
        module.Attributes |= ModuleAttributes.ILOnly;
        module.Attributes &= ~(ILLibrary | ModuleAttributes.Required32Bit);
        module.Architecture = TargetArchitecture.I386;
    }

    private static List<MethodDefinition> FindMethods(ModuleDefinition module, Replacement replacement)
    {
        var type = module.GetType(replacement.Type);
        var methods = type?.Methods
            .Where(method => method.Name == replacement.Method
                && (replacement.Parameters ?? method.Parameters.Count) == method.Parameters.Count)
            .ToList();
        return methods is { Count: > 0 }
            ? methods
            : throw new InvalidDataException($"{replacement} is in the method table but not in the assembly: this is not the version the table was made for.");
    }

    private static void ReplaceLiteral(ModuleDefinition module, LiteralReplacement literal)
    {
        var uses = module.GetTypes()
            .SelectMany(type => type.Methods)
            .Where(method => method.HasBody)
            .SelectMany(method => method.Body.Instructions)
            .Where(instruction => instruction.OpCode == OpCodes.Ldstr && (string)instruction.Operand == literal.Old)
            .ToList();
        if (uses.Count == 0)
        {
            throw new InvalidDataException($"[{literal.Assembly}] has no constant \"{literal.Old}\": this is not the version the table was made for.");
        }

        uses.ForEach(instruction => instruction.Operand = literal.New);
    }
}
