using System.Text;
using VServer.Core.Tests.Fakes;
using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using Xunit;

namespace VServer.Core.Tests.Hostile;

/// <summary>Files that a stranger has made: a store's configurations, as of an image, and guests' package databases. They are read, or refused by name.</summary>
public sealed class HostileFileTests
{
    private const string Guest = """
        { "name": "web1", "hostName": "web1.example", "idBase": 1310720, "privileged": true, "init": "Script", "command": ["/bin/sh", "-c", "true"],
          "stopCommand": ["/stop"], "restart": "OnFailure", "restartLimit": 5, "restartPeriodSec": 60, "reboot": "Ignore", "network": "lan", "trustGroup": "a",
          "created": "2026-01-02T03:04:05+00:00", "runLevel": 3, "priority": 7, "delta": "Settle",
          "mounts": [ { "type": "Bind", "source": "/srv/data", "target": "/data", "readOnly": true }, { "type": "Tmpfs", "target": "/tmp", "size": 4096, "mode": "1777" } ] }
        """;

    private const string Template = """{ "name": "web1", "created": "2026-01-02T03:04:05Z", "description": "of the host", "incomplete": false, "unknown": { "kept": [1, 2, { "a": null }] } }""";

    private static readonly string[] Json = ["{", "}", "[", "]", ",", ":", "true", "null", "\"name\"", "\"web1\"", "\"idBase\"", "1e400", "\"\\u0000\"", "\"\\ud800\"", "[[[[[[[[", "// x\n", "/*", "\"mounts\"", "\"type\"", "\"Tmpfs\"", "-0"];

    [Fact]
    public void GuestFile_Mutated_IsReadOrRefusedByName() => Read(Guest, "guests", static store => Check(store, store.TryReadGuest("web1")));

    [Fact]
    public void TemplateFile_Mutated_IsReadOrRefusedByName() => Read(Template, "templates", static store => Assert.Equal("web1", store.TryReadTemplate("web1")?.Name));

    [Fact]
    public void RpmAnswer_Mutated_IsReadOrRefusedByName() => ReadPackages(
        "P 'alpha' (none) '1.0' '2' 'noarch'\nF 0 0 '/a'\\''b'\nF 17 0 '/conf'\nP 'beta' 3 '1' '1' 'x86_64'\nF 64 0 '/ghost'\n",
        ["P ", "F ", "'", "(none)", "99999999999", "'/../../etc/shadow'", "\n", "'\\''", "'noarch'"],
        static answer => (new MemoryFolder().With("usr/lib/sysimage/rpm/rpmdb.sqlite", "x"), new ScriptedRpm(answer, answer)));

    [Fact]
    public void DpkgStatus_Mutated_IsReadOrRefusedByName() => ReadPackages(
        "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nMulti-Arch: same\nVersion: 1:2.0-1\nConffiles:\n /etc/bash.bashrc 89269e1298235f1b12b4c16e4065ad0d\nDescription: a shell\n of two lines\n\nPackage: base\nStatus: hold ok installed\nArchitecture: all\nVersion: 1\n",
        ["Package:", "Status:", "Version:", "Architecture:", "Conffiles:\n", "\n\n", " ", "\t", "install ok", "../x"],
        static status => (new MemoryFolder().With("var/lib/dpkg/status", status).With("var/lib/dpkg/info/bash:amd64.list", status).With("var/lib/dpkg/info/base.list", status).With("var/lib/dpkg/diversions", status), new ScriptedRpm()));

    [Fact]
    public void ApkInstalled_Mutated_IsReadOrRefusedByName() => ReadPackages(
        "C:Q1abcdefghijklmnopqrstuvwxyzA=\nP:busybox\nV:1.36.1-r5\nA:x86_64\nS:1\nI:2\nF:bin\nM:0:0:1777\nR:busybox\na:0:0:755\nZ:Q1abcdefghijklmnopqrstuvwxyzA=\n\nP:base\nV:3\nA:noarch\nF:etc\nR:passwd\n",
        ["P:", "V:", "A:", "F:", "R:", "Z:", "a:", "M:", "\n\n", "../..", "/"],
        static installed => (new MemoryFolder().With("lib/apk/db/installed", installed).With("etc/apk/world", installed), new ScriptedRpm()));

    private static void Check(Store store, GuestConfig? config)
    {
        Assert.Equal("web1", config?.Name);
        Assert.NotNull(config!.Command);
        Assert.NotNull(config.HostName);
        MountRules.Arrange(store, config.Mounts);
    }

    private static void Read(string seed, string folder, Action<Store> read)
    {
        new Mutation([Encoding.UTF8.GetBytes(seed)], Json).Run(file => OrRefused(
            () =>
            {
                MemoryStoreHost host = new();
                Store store = Store.OpenOrCreate("/store", host);
                host.Files[$"/store/.vserver/{folder}/web1.json"] = file;
                read(store);
            },
            ErrorIds.GuestConfigInvalid,
            ErrorIds.MountInvalid));
    }

    private static void ReadPackages(string seed, string[] words, Func<string, (MemoryFolder Root, ScriptedRpm Rpm)> make) =>
        new Mutation([Encoding.Latin1.GetBytes(seed)], words).Run(file => OrRefused(
            () =>
            {
                (MemoryFolder root, ScriptedRpm rpm) = make(Encoding.Latin1.GetString(file));
                using (root)
                {
                    ReadAll(new PackageDatabaseReader(rpm).TryRead(root, "web1"));
                }
            },
            ErrorIds.PackageDatabaseInvalid));

    private static void ReadAll(IPackageDatabase? database)
    {
        foreach (InstalledPackage package in database?.Packages ?? [])
        {
            _ = database!.FilesOf(package).Count;
            _ = database.ConfigurationFilesOf(package).Count;
        }
    }

    private static void OrRefused(Action read, params string[] ids)
    {
        try
        {
            read();
        }
        catch (VServerException refused) when (ids.Contains(refused.ErrorId))
        {
            Assert.NotEqual("", refused.Message);
        }
    }
}
