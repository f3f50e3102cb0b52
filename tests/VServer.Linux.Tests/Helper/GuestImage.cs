using VServer.Linux.Tests.Trees;

namespace VServer.Linux.Tests.Helper;

/// <summary>The helper, built, and a small tree to make guests from: a few programs of this host with the libraries they need.</summary>
public sealed class GuestImage : IDisposable
{
    private const string Build = """
        mkdir bin
        for name in sh cat echo id ls sleep true false touch rm mkdir mv ln chmod chown stat readlink hostname tty stty mkfifo find sort sha256sum env kill seq head grep \
            rmdir xargs setfattr getfattr setfacl setcap
        do
            program=$(type -P "$name")
            cp "$program" bin/
            for library in $(ldd "$program" | grep -o '/[^ ]*')
            do
                cp --parents -L "$library" .
            done
        done
        mkdir -p etc root tmp home/joe
        chmod 1777 tmp
        chown 1000:1000 home/joe
        printf 'root:x:0:0:root:/root:/bin/sh\njoe:x:1000:1000::/home/joe:/bin/sh\n' > etc/passwd
        printf 'root:x:0:\njoe:x:1000:\nstaff:x:50:joe\n' > etc/group
        """;

    /// <summary>The project's folder.</summary>
    internal static string Repository { get; } = FindRepository();

    /// <summary>The helper, made when it is first asked for.</summary>
    internal static string BuiltHelper { get; } = Make();

    /// <summary>A program that makes a socket of a name; made with the helper.</summary>
    internal static string SocketMaker => Path.Combine(Repository, "out", "native", "check", "make_socket");

    public GuestImage()
    {
        Root = Shell.Run("mktemp -d /var/tmp/vserver-helper-XXXXXX");
        Helper = BuiltHelper;
        Shell.Run($"mkdir '{Root}/image'");
        Shell.Run(Build, $"{Root}/image");
        Shell.Run($"cp '{Path.GetDirectoryName(Helper)}/check/'{{attempts,hog,watch_joining,call_errors}} bin/; cp '{Path.GetDirectoryName(Helper)}/check/reboot_call' bin/reboot-call; cp '{SocketMaker}' bin/make-socket; touch guest-of-a-test", $"{Root}/image");
    }

    /// <summary>A folder of its own for all that the tests make.</summary>
    public string Root { get; }

    /// <summary>The helper.</summary>
    public string Helper { get; }

    /// <summary>A helper that runs after a command in a mount namespace of its own, so on a host that lacks something.</summary>
    internal string HelperAfter(string command) => InOwnMounts($"{command}; exec \"$0\" \"$@\"");

    /// <summary>
    /// A helper in a mount namespace of its own, where nobody else mounts, but shared, so that what is mounted in one made of it would be seen;
    /// what is mounted there before and after it is in the files "before" and "after" of a folder.
    /// </summary>
    internal string HelperBetweenLooks(string folder) =>
        InOwnMounts($"mount --make-rshared /; cat /proc/mounts > {folder}/before; \"$0\" \"$@\"; end=$?; cat /proc/mounts > {folder}/after; exit $end");

    public void Dispose() => Shell.Run($"rm -rf '{Root}'");

    private string InOwnMounts(string script)
    {
        string helper = Shell.Run($"mktemp '{Root}/helper-XXXXXX'");
        Shell.WriteProgram(helper, $"#!/bin/sh\nexec unshare -m sh -c '{script}' '{Helper}' \"$@\"");
        return helper;
    }

    private static string Make()
    {
        string folder = Path.Combine(Repository, "out", "native");
        Shell.Run($"make -s -C '{Repository}/src/native' all attempts OUT='{folder}' >&2");
        return Path.Combine(folder, "vserver-helper");
    }

    private static string FindRepository()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Directory.Build.props")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests are not run from within the repository.");
        }

        return folder;
    }
}
