namespace VServer.Hosting;

/// <summary>How text is run, and how a user is logged in, by the shells that a guest has.</summary>
internal static class GuestShell
{
    // Decided inside the guest, in the same start: asking first would cost a second one.
    private const string RunText =
        """if command -v pwsh >/dev/null 2>&1; then exec pwsh -NoProfile -NonInteractive -Command "$1"; fi; exec /bin/sh -c "$1" """;

    private const string LogIn = """if [ ! -x "${SHELL:-}" ]; then if [ -x /bin/bash ]; then SHELL=/bin/bash; else SHELL=/bin/sh; fi; export SHELL; fi; exec "$SHELL" -l""";

    /// <summary>Runs text in the guest's pwsh, or in its sh when it has none.</summary>
    public static IReadOnlyList<string> Run(string text) => ["/bin/sh", "-c", RunText, "sh", text];

    /// <summary>Starts the user's shell as a login shell.</summary>
    public static IReadOnlyList<string> Login { get; } = ["/bin/sh", "-c", LogIn];
}
