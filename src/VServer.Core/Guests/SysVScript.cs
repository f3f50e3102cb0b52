using System.Globalization;

namespace VServer.Guests;

/// <summary>Going to a run level as the guest's own rc does it, or in its place where it has only the links.</summary>
public static class SysVScript
{
    /// <summary>The level that ends everything; the old vservers ended by it.</summary>
    public const int EndLevel = 6;

    // What rc itself returns says nothing: some services always fail. In the levels 0 and 6 even the S links are told to stop.
    private const string Text = """
        export RUNLEVEL="$1" PREVLEVEL=N runlevel="$1" previous=N
        for rc in /etc/init.d/rc /etc/rc.d/rc; do
            if [ -x "$rc" ]; then "$rc" "$1"; exit 0; fi
        done
        action=start
        case "$1" in 0|6) action=stop ;; esac
        for folder in "/etc/rc$1.d" "/etc/rc.d/rc$1.d"; do
            [ -d "$folder" ] || continue
            for script in "$folder"/K*; do [ -x "$script" ] && "$script" stop; done
            for script in "$folder"/S*; do [ -x "$script" ] && "$script" "$action"; done
            exit 0
        done
        echo "there is neither /etc/init.d/rc nor /etc/rc$1.d" >&2
        exit 127
        """;

    /// <summary>A program of the guest and its arguments.</summary>
    public static IReadOnlyList<string> For(int level) => ["/bin/sh", "-c", Text, "rc", level.ToString(CultureInfo.InvariantCulture)];
}
