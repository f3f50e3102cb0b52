using System.Management.Automation;
using System.Management.Automation.Language;
using VServer.Errors;

namespace VServer.Hosting;

/// <summary>How text is run, and how a user is logged in, by the shells that a guest has.</summary>
internal static class GuestShell
{
    // Decided inside the guest, in the same start: asking first would cost a second one.
    private const string RunText = """
        text=$1; shift
        if ! command -v pwsh >/dev/null 2>&1; then exec /bin/sh -c "$text" sh "$@"; fi
        if [ $# -gt 0 ]; then exec pwsh -NoProfile -NonInteractive -CommandWithArgs "$text" "$@"; fi
        exec pwsh -NoProfile -NonInteractive -Command "$text"
        """;

    private const string LogIn = """if [ ! -x "${SHELL:-}" ]; then if [ -x /bin/bash ]; then SHELL=/bin/bash; else SHELL=/bin/sh; fi; export SHELL; fi; exec "$SHELL" -l""";

    /// <summary>Runs a script's text in the guest's pwsh, or in its sh when it has none.</summary>
    /// <exception cref="VServerException">It needs variables of this session, which nobody has there.</exception>
    public static IReadOnlyList<string> Run(ScriptBlock script, IReadOnlyList<string> arguments)
    {
        Ast? foreign = script.Ast.Find(static part => part is UsingExpressionAst, searchNestedScriptBlocks: true);
        return foreign is null ? ["/bin/sh", "-c", RunText, "sh", script.ToString(), .. arguments] : throw new VServerException(
            ErrorIds.CommandFailed,
            ErrorKind.InvalidArgument,
            foreign.Extent.Text,
            $"Cannot run the script in a guest: it uses {foreign.Extent.Text}, and the guest's shell, which gets the text, knows no variable of this session. Give the value with -ScriptArgument, and take it as an argument there ($args[0], or $1 in a guest without pwsh).");
    }

    /// <summary>Starts the user's shell as a login shell.</summary>
    public static IReadOnlyList<string> Login { get; } = ["/bin/sh", "-c", LogIn];
}
