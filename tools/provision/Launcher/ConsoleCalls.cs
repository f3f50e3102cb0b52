using Microsoft.Win32.SafeHandles;

namespace VServer.Engine;

/// <summary>What the console host asks of the console: lines in, text out, and Ctrl+C.</summary>
public static class ConsoleCalls
{
    private const int CtrlC = 0;
    private const int CtrlBreak = 1;
    private static ConsoleCancelEventHandler? s_handler;

    /// <summary>The terminal needs no handle of its own.</summary>
    public static SafeFileHandle NoHandle() => new();

    /// <summary>Writes as Console does, so that redirection and terminals both work.</summary>
    public static void Write(SafeFileHandle console, ReadOnlySpan<char> output, bool newLine)
    {
        if (newLine)
        {
            Console.Out.WriteLine(output);
        }
        else
        {
            Console.Out.Write(output);
        }
    }

    /// <summary>
    /// Reads one key without echo when one character is asked for, which is how the host reads secrets;
    /// else a line with its line end. An empty answer is the end of input.
    /// </summary>
    public static string Read(
        SafeFileHandle console, int initialLength, Span<char> buffer, int count, bool endOnTab, out uint keyState)
    {
        keyState = 0;
        if (count == 1)
        {
            return ReadSecretKey().ToString();
        }

        var line = Console.In.ReadLine();
        return line is null ? "" : line + Environment.NewLine;
    }

    /// <summary>Calls the host when the user presses Ctrl+C or Ctrl+\, and lives on.</summary>
    public static void AddBreakHandler(object handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var callback = (Delegate)handler;
        var signalType = callback.Method.GetParameters()[0].ParameterType;
        s_handler = (_, args) =>
        {
            args.Cancel = true;
            var signal = args.SpecialKey == ConsoleSpecialKey.ControlC ? CtrlC : CtrlBreak;
            callback.DynamicInvoke(Enum.ToObject(signalType, signal));
        };
        Console.CancelKeyPress += s_handler;
    }

    /// <summary>Gives Ctrl+C back to the system.</summary>
    public static void RemoveBreakHandler()
    {
        Console.CancelKeyPress -= s_handler;
        s_handler = null;
    }

    // The host knows the characters that a Windows console sends.
    private static char ReadSecretKey()
    {
        var key = Console.ReadKey(intercept: true);
        return key.Key switch
        {
            ConsoleKey.Enter => '\r',
            ConsoleKey.Backspace => '\b',
            _ => key.KeyChar,
        };
    }
}
