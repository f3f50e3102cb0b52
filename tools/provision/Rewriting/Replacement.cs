namespace VServer.Provision.Rewriting;

/// <summary>What a method's body becomes.</summary>
public enum ReplacementKind
{
    /// <summary>Sets every out parameter to its default and returns the default of the return type.</summary>
    Default,

    /// <summary>Returns true, or a number, after setting every out parameter to its default.</summary>
    Constant,

    /// <summary>Calls a static method of the launcher with the same arguments, the instance first.</summary>
    Call,

    /// <summary>Keeps its body, but what it returns goes through a static method of the launcher.</summary>
    Filter,

    /// <summary>Keeps its body, but its calls of one method go to a static method of the launcher.</summary>
    Redirect,
}

/// <summary>One line of the method table.</summary>
/// <param name="Assembly">File name of the assembly, without its extension.</param>
/// <param name="Type">Full name of the type, nested types after a slash.</param>
/// <param name="Method">Name of the method.</param>
/// <param name="Parameters">How many parameters the overload has, or null for every overload.</param>
/// <param name="Kind">What the body becomes.</param>
/// <param name="Value">The number of a constant.</param>
/// <param name="Target">Class and method of the launcher that is called, as <c>Class.Method</c>.</param>
/// <param name="Callee">The method whose calls are redirected, as <c>Type::Method</c>.</param>
public sealed record Replacement(
    string Assembly, string Type, string Method, int? Parameters, ReplacementKind Kind, int Value = 0, string Target = "", string Callee = "")
{
    /// <summary>The method as the table writes it.</summary>
    public override string ToString() => $"[{Assembly}] {Type}::{Method}";
}

/// <summary>A string constant that an assembly is to hold instead of another.</summary>
/// <param name="Assembly">File name of the assembly, without its extension.</param>
/// <param name="Old">The constant as the Windows build has it.</param>
/// <param name="New">The constant as the Unix build has it.</param>
public sealed record LiteralReplacement(string Assembly, string Old, string New);
