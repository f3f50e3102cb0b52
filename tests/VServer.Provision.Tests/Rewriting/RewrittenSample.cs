using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;
using VServer.Provision.Rewriting;

namespace VServer.Provision.Tests.Rewriting;

/// <summary>A rewritten copy of this assembly beside a launcher made for the test, both loaded apart from it.</summary>
internal sealed class RewrittenSample : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AssemblyLoadContext _context = new(nameof(RewrittenSample), isCollectible: true);
    private readonly Type _sample;

    public RewrittenSample(string lines)
    {
        try
        {
            _sample = Rewrite(lines);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static string Type => typeof(Sample).FullName!;

    public string Folder => _folder.Path;

    public object? Call(string method, params object?[] arguments)
    {
        var types = arguments.Select(argument => argument?.GetType() ?? typeof(object)).ToArray();
        var found = _sample.GetMethod(method, types) ?? _sample.GetMethod(method);
        return found!.Invoke(null, arguments);
    }

    public void Dispose()
    {
        _context.Unload();
        _folder.Dispose();
    }

    private Type Rewrite(string lines)
    {
        var own = typeof(Sample).Assembly.Location;
        var copy = Path.Combine(_folder.Path, Path.GetFileName(own));
        var launcher = Path.Combine(_folder.Path, "pwsh.dll");
        var table = ReplacementTable.Parse($"[{Path.GetFileNameWithoutExtension(own)}]\n{lines}");
        new AssemblyRewriter(table).Rewrite(own, copy);
        MakeLauncher(launcher);
        _context.LoadFromAssemblyPath(launcher);
        return _context.LoadFromAssemblyPath(copy).GetType(typeof(Sample).FullName!)!;
    }

    // A launcher with one replacement: static string VServer.Engine.Calls.Shout(string text) => text.ToUpperInvariant().
    private static void MakeLauncher(string file)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("pwsh") { Version = new Version(1, 0, 0, 0) }, typeof(object).Assembly);
        var type = assembly.DefineDynamicModule("pwsh").DefineType("VServer.Engine.Calls", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var il = type.DefineMethod("Shout", MethodAttributes.Public | MethodAttributes.Static, typeof(string), [typeof(string)]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Callvirt, typeof(string).GetMethod(nameof(string.ToUpperInvariant))!);
        il.Emit(OpCodes.Ret);
        type.CreateType();
        assembly.Save(file);
    }
}
