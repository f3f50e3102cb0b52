using System.Globalization;

namespace VServer.Provision.Rewriting;

/// <summary>
/// What the Windows build asks of Windows and what it gets instead, read from <c>methods.txt</c>.
/// </summary>
public sealed class ReplacementTable
{
    private ReplacementTable(IReadOnlyList<Replacement> methods, IReadOnlyList<LiteralReplacement> literals)
    {
        Methods = methods;
        Literals = literals;
    }

    /// <summary>Methods that get another body.</summary>
    public IReadOnlyList<Replacement> Methods { get; }

    /// <summary>String constants that get another value.</summary>
    public IReadOnlyList<LiteralReplacement> Literals { get; }

    /// <summary>Reads a table: <c>[assembly]</c> opens a section, <c>#</c> a comment.</summary>
    public static ReplacementTable Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var methods = new List<Replacement>();
        var literals = new List<LiteralReplacement>();
        var assembly = "";
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                assembly = line.Trim('[', ']');
                continue;
            }

            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["literal", var before, var after])
            {
                literals.Add(new LiteralReplacement(assembly, before, after));
                continue;
            }

            methods.Add(ParseMethod(assembly, words, line));
        }

        return new ReplacementTable(methods, literals);
    }

    private static Replacement ParseMethod(string assembly, string[] words, string line)
    {
        var method = ParseName(assembly, words[0], line);
        return words[1..] switch
        {
            ["default"] => method with { Kind = ReplacementKind.Default },
            ["true"] => method with { Kind = ReplacementKind.Constant, Value = 1 },
            ["value", var number] => method with
            {
                Kind = ReplacementKind.Constant,
                Value = int.Parse(number, CultureInfo.InvariantCulture),
            },
            ["call", var target] => method with { Kind = ReplacementKind.Call, Target = target },
            ["filter", var target] => method with { Kind = ReplacementKind.Filter, Target = target },
            ["redirect", var callee, var target] => method with
            {
                Kind = ReplacementKind.Redirect,
                Callee = callee,
                Target = target,
            },
            _ => throw new FormatException($"The method table has a line that cannot be read: {line}"),
        };
    }

    private static Replacement ParseName(string assembly, string name, string line)
    {
        var colons = name.LastIndexOf("::", StringComparison.Ordinal);
        if (colons < 0)
        {
            throw new FormatException($"The method table has a line that names no method: {line}");
        }

        var (type, method) = (name[..colons], name[(colons + 2)..].Split('/'));
        int? parameters = method.Length > 1 ? int.Parse(method[1], CultureInfo.InvariantCulture) : null;
        return new Replacement(assembly, type, method[0], parameters, ReplacementKind.Default);
    }
}
