using System.Runtime.InteropServices;

namespace VServer.Provision.Tests.Rewriting;

/// <summary>What the tests rewrite: a copy of their own assembly, of which only this class is used.</summary>
public static class Sample
{
    [DllImport("nonesuch.dll", EntryPoint = "Ask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern int AskWindows(int question);

    public static int Ask(int question) => AskWindows(question);

    public static bool TryAsk(string question, out int answer, out string text)
    {
        answer = question.Length;
        text = question;
        return false;
    }

    public static int Count(int first) => first;

    public static int Count(int first, int second) => first + second;

    public static string Greet(string name) => name.Length > 3 ? "hello " + name : "hi " + name;

    public static string Home() => "%USERPROFILE%";

    public static string Folder() => Greet("me") + Path.GetTempPath();
}
