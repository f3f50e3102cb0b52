using System.Management.Automation.Host;

namespace VServer.Engine;

/// <summary>What <c>$Host.UI.RawUI</c> asks of the screen. The first argument is the host's object.</summary>
public static class ScreenCalls
{
    private const ConsoleColor Unset = (ConsoleColor)(-1);
    private static string s_title = "";

    /// <summary>Colours are for people: none where the output goes to a file or a pipe.</summary>
    public static bool IsTerminal(object ui) => !Console.IsOutputRedirected;

    public static ConsoleColor GetForegroundColor(object ui) => Known(Console.ForegroundColor, ConsoleColor.Gray);

    public static void SetForegroundColor(object ui, ConsoleColor color) => Console.ForegroundColor = color;

    public static ConsoleColor GetBackgroundColor(object ui) => Known(Console.BackgroundColor, ConsoleColor.Black);

    public static void SetBackgroundColor(object ui, ConsoleColor color) => Console.BackgroundColor = color;

    /// <summary>Where the cursor is; asking needs a terminal on both sides.</summary>
    public static Coordinates GetCursorPosition(object ui)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            return default;
        }

        var (left, top) = Console.GetCursorPosition();
        return new Coordinates(left, top);
    }

    public static Coordinates Origin(PSHostRawUserInterface ui) => default;

    public static void SetCursorPosition(object ui, Coordinates position) =>
        Console.SetCursorPosition(Math.Max(0, position.X), Math.Max(0, position.Y));

    public static int GetCursorSize(object ui) => 100;

    /// <summary>A terminal cannot be asked; it is visible when nobody has hidden it.</summary>
    public static bool IsCursorVisible() => true;

    /// <summary>The window's size, else what COLUMNS and LINES say, else 80 by 24.</summary>
    public static Size GetSize(object ui) => Console.IsOutputRedirected
        ? new Size(FromEnvironment("COLUMNS", Console.WindowWidth), FromEnvironment("LINES", Console.WindowHeight))
        : new Size(Console.WindowWidth, Console.WindowHeight);

    public static bool GetKeyAvailable(object ui) => Console.KeyAvailable;

    public static string GetWindowTitle(object ui) => s_title;

    public static void SetWindowTitle(object ui, string title)
    {
        s_title = title;
        if (!Console.IsOutputRedirected && title.Length > 0)
        {
            Console.Title = title;
        }
    }

    /// <summary>Reads a key; a key release is never seen here.</summary>
    public static KeyInfo ReadKey(object ui, ReadKeyOptions options)
    {
        if ((options & (ReadKeyOptions.IncludeKeyDown | ReadKeyOptions.IncludeKeyUp)) == 0)
        {
            throw new ArgumentException("Include key-down events, key-up events, or both.", nameof(options));
        }

        var treatAsInput = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = options.HasFlag(ReadKeyOptions.AllowCtrlC);
        try
        {
            var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
            return new KeyInfo((int)key.Key, key.KeyChar, States(key.Modifiers), keyDown: true);
        }
        finally
        {
            Console.TreatControlCAsInput = treatAsInput;
        }
    }

    /// <summary>Clears the screen, the one use that a terminal can serve; as the Unix build does.</summary>
    public static void SetBufferContents(object ui, Rectangle region, BufferCell fill)
    {
        if (!Console.IsOutputRedirected)
        {
            Console.Clear();
        }
    }

    public static void SetBufferContents(object ui, Coordinates origin, BufferCell[,] contents) => throw NotOnTerminal();

    public static BufferCell[,] GetBufferContents(object ui, Rectangle region) => throw NotOnTerminal();

    private static NotSupportedException NotOnTerminal() => new("A terminal's cells cannot be read or written back.");

    private static ConsoleColor Known(ConsoleColor color, ConsoleColor otherwise) => color == Unset ? otherwise : color;

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var value) && value > 0 ? value : otherwise;

    private static ControlKeyStates States(ConsoleModifiers modifiers)
    {
        ControlKeyStates states = 0;
        if (modifiers.HasFlag(ConsoleModifiers.Shift))
        {
            states |= ControlKeyStates.ShiftPressed;
        }

        if (modifiers.HasFlag(ConsoleModifiers.Alt))
        {
            states |= ControlKeyStates.LeftAltPressed;
        }

        if (modifiers.HasFlag(ConsoleModifiers.Control))
        {
            states |= ControlKeyStates.LeftCtrlPressed;
        }

        return states;
    }
}
