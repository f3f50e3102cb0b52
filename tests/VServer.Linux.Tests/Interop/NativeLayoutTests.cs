using System.Globalization;
using System.Reflection;
using VServer.Linux.Interop;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Trees;
using Xunit;

namespace VServer.Linux.Tests.Interop;

/// <summary>Every constant and struct of the interop layer against what the system's own headers say.</summary>
public sealed class NativeLayoutTests
{
    // Our own sizes, and flags put together from proven ones.
    private static readonly string[] NotNative =
    [
        "Library.C", "FileDescriptor.ProcPathLength", "FileDescriptor.CurrentDirectory", "Architecture.IsArm64",
        "ResolveFlags.None", "ResolveFlags.InsideTree", "ResolveFlags.InsideSystem", "AtFlags.None", "InodeAttributes.None",
        "TimeSpecification.Omit", "SpawnActions.Room", "SpawnAttributes.Room",
    ];

    [Fact]
    public void ConstantsAndStructs_AsCompiledByTheSystem_AreTheSame()
    {
        Dictionary<string, long> compiled = Compile(NativeFacts.All.Select(fact => fact.C));

        Assert.Equal(NativeFacts.All.Select(fact => $"{fact.C} = {compiled[fact.C]}"), NativeFacts.All.Select(fact => $"{fact.C} = {fact.Ours}"));
    }

    [Fact]
    public void Constants_OfTheInteropLayer_AreAllProven()
    {
        HashSet<string> known = [.. NativeFacts.All.Select(fact => fact.Source), .. NotNative];

        IEnumerable<string> unproven =
            from type in typeof(Errno).Assembly.GetTypes()
            where type.Namespace == typeof(Errno).Namespace && !type.IsNested
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public)
            where !known.Contains($"{type.Name}.{field.Name}")
            select $"{type.Name}.{field.Name}";

        Assert.Empty(unproven);
    }

    [Fact]
    public void OpaqueStructs_OfTheSystem_FitIntoTheRoomGiven()
    {
        Dictionary<string, long> compiled = Compile(["sizeof(posix_spawnattr_t)", "sizeof(posix_spawn_file_actions_t)"]);

        Assert.InRange(compiled["sizeof(posix_spawnattr_t)"], 1, SpawnAttributes.Room);
        Assert.InRange(compiled["sizeof(posix_spawn_file_actions_t)"], 1, SpawnActions.Room);
    }

    [Fact]
    public void Device_AsMknodTakesIt_IsMadeAsTheSystemMakesIt()
    {
        const ulong major = 0x12345;
        const ulong minor = 0xABCDE;

        Assert.Equal(Compile(["makedev(0x12345, 0xABCDE)"]).Values.Single(), (long)FactsReader.MakeDevice(major, minor));
    }

    private static Dictionary<string, long> Compile(IEnumerable<string> expressions)
    {
        using TestTree tree = new();
        string prints = string.Concat(expressions.Select(expression => $"\tprintf(\"%s\\t%lld\\n\", \"{expression}\", (long long)({expression}));\n"));
        const string headers = """
            #define _GNU_SOURCE
            #include <dirent.h>
            #include <errno.h>
            #include <fcntl.h>
            #include <limits.h>
            #include <linux/fiemap.h>
            #include <linux/fs.h>
            #include <linux/limits.h>
            #include <linux/openat2.h>
            #include <poll.h>
            #include <signal.h>
            #include <spawn.h>
            #include <stddef.h>
            #include <stdio.h>
            #include <sys/file.h>
            #include <sys/mman.h>
            #include <sys/socket.h>
            #include <sys/stat.h>
            #include <sys/syscall.h>
            #include <sys/sysmacros.h>
            #include <unistd.h>

            """;
        File.WriteAllText($"{tree.Path}/facts.c", $"{headers}int main(void)\n{{\n{prints}\treturn 0;\n}}\n");
        string output = tree.Run("gcc -Wall -Werror -o facts facts.c; ./facts");
        return output.Split('\n').Select(line => line.Split('\t')).ToDictionary(
            pair => pair[0],
            pair => long.Parse(pair[1], CultureInfo.InvariantCulture));
    }
}
