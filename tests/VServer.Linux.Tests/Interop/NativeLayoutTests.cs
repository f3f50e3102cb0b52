using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using VServer.Linux.Interop;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Trees;
using Xunit;

namespace VServer.Linux.Tests.Interop;

/// <summary>Every constant and struct of the interop layer against what the system's own headers say.</summary>
public sealed class NativeLayoutTests
{
    private static readonly (string C, long Ours)[] Facts =
    [
        .. typeof(Errno).GetFields().Select(field => (field.Name, (long)(int)field.GetValue(null)!)), // Constants are never null.
        ("O_RDONLY", (long)OpenFlags.ReadOnly),
        ("O_RDWR", (long)OpenFlags.ReadWrite),
        ("O_CREAT", (long)OpenFlags.Create),
        ("O_EXCL", (long)OpenFlags.Exclusive),
        ("O_NOCTTY", (long)OpenFlags.NoControllingTerminal),
        ("O_APPEND", (long)OpenFlags.Append),
        ("O_NONBLOCK", (long)OpenFlags.NonBlocking),
        ("O_NOATIME", (long)OpenFlags.NoAccessTime),
        ("O_CLOEXEC", (long)OpenFlags.CloseOnExec),
        ("O_PATH", (long)OpenFlags.PathOnly),
        ("O_DIRECTORY", (long)OpenFlags.Directory),
        ("O_NOFOLLOW", (long)OpenFlags.NoFollow),
        ("RESOLVE_NO_XDEV", (long)ResolveFlags.NoCrossMount),
        ("RESOLVE_NO_MAGICLINKS", (long)ResolveFlags.NoMagicLinks),
        ("RESOLVE_NO_SYMLINKS", (long)ResolveFlags.NoSymbolicLinks),
        ("RESOLVE_BENEATH", (long)ResolveFlags.Beneath),
        ("SYS_openat2", OpenAt2.Number),
        ("AT_FDCWD", FileDescriptor.CurrentDirectory.DangerousGetHandle()),
        ("AT_SYMLINK_NOFOLLOW", (long)AtFlags.NoFollow),
        ("AT_REMOVEDIR", (long)AtFlags.RemoveDirectory),
        ("AT_NO_AUTOMOUNT", (long)AtFlags.NoAutomount),
        ("AT_EMPTY_PATH", (long)AtFlags.EmptyPath),
        ("STATX_BASIC_STATS", Statx.BasicMask),
        ("STATX_MNT_ID", Statx.MountIdMask),
        ("STATX_ATTR_COMPRESSED", FactsReader.CompressedBit),
        ("STATX_ATTR_IMMUTABLE", FactsReader.ImmutableBit),
        ("STATX_ATTR_APPEND", FactsReader.AppendOnlyBit),
        ("STATX_ATTR_NODUMP", FactsReader.NoDumpBit),
        ("STATX_ATTR_ENCRYPTED", FactsReader.EncryptedBit),
        ("STATX_ATTR_VERITY", FactsReader.VerityBit),
        ("S_IFMT", FactsReader.TypeMask),
        ("S_IFIFO", FactsReader.GetTypeBits(Ports.FileKind.Fifo)),
        ("S_IFCHR", FactsReader.GetTypeBits(Ports.FileKind.CharacterDevice)),
        ("S_IFDIR", FactsReader.GetTypeBits(Ports.FileKind.Folder)),
        ("S_IFBLK", FactsReader.GetTypeBits(Ports.FileKind.BlockDevice)),
        ("S_IFREG", FactsReader.GetTypeBits(Ports.FileKind.Regular)),
        ("S_IFLNK", FactsReader.GetTypeBits(Ports.FileKind.SymbolicLink)),
        ("S_IFSOCK", FactsReader.GetTypeBits(Ports.FileKind.Socket)),
        ("SEEK_SET", LSeek.FromStart),
        ("SEEK_DATA", LSeek.ToData),
        ("SEEK_HOLE", LSeek.ToHole),
        ("UTIME_OMIT", TimeSpecification.Omit.Nanoseconds),
        ("FICLONE", CloneFile.Request),
        ("FS_IOC_GETFLAGS", GetInodeAttributes.Request),
        ("FS_IOC_SETFLAGS", SetInodeAttributes.Request),
        ("FS_COMPR_FL", (long)InodeAttributes.Compressed),
        ("FS_IMMUTABLE_FL", (long)InodeAttributes.Immutable),
        ("FS_APPEND_FL", (long)InodeAttributes.AppendOnly),
        ("FS_NODUMP_FL", (long)InodeAttributes.NoDump),
        ("F_SETSIG", FileControl.SetSignal),
        ("F_SETLEASE", FileControl.SetLease),
        ("F_RDLCK", FileControl.ReadLease),
        ("F_UNLCK", FileControl.NoLease),
        ("SIGURG", WriterExclusion.Urgent),
        ("RENAME_NOREPLACE", RenameAt2.NoReplace),
        ("XATTR_SIZE_MAX", AttributeNames.LongestValue),
        ("XATTR_LIST_MAX", AttributeNames.LongestValue),
        ("PATH_MAX", SymbolicLink.LongestTarget),
        ("sizeof(struct open_how)", Marshal.SizeOf<OpenHow>()),
        ("offsetof(struct open_how, flags)", OffsetOf<OpenHow>(nameof(OpenHow.Flags))),
        ("offsetof(struct open_how, mode)", OffsetOf<OpenHow>(nameof(OpenHow.Mode))),
        ("offsetof(struct open_how, resolve)", OffsetOf<OpenHow>(nameof(OpenHow.Resolve))),
        ("sizeof(struct timespec)", Marshal.SizeOf<TimeSpecification>()),
        ("offsetof(struct timespec, tv_sec)", OffsetOf<TimeSpecification>(nameof(TimeSpecification.Seconds))),
        ("offsetof(struct timespec, tv_nsec)", OffsetOf<TimeSpecification>(nameof(TimeSpecification.Nanoseconds))),
        ("sizeof(struct statx_timestamp)", Marshal.SizeOf<StatxTimestamp>()),
        ("offsetof(struct statx_timestamp, tv_sec)", OffsetOf<StatxTimestamp>(nameof(StatxTimestamp.Seconds))),
        ("offsetof(struct statx_timestamp, tv_nsec)", OffsetOf<StatxTimestamp>(nameof(StatxTimestamp.Nanoseconds))),
        ("sizeof(struct statx)", Marshal.SizeOf<StatxBuffer>()),
        ("offsetof(struct statx, stx_mask)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Mask))),
        ("offsetof(struct statx, stx_blksize)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.BlockSize))),
        ("offsetof(struct statx, stx_attributes)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Attributes))),
        ("offsetof(struct statx, stx_nlink)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.LinkCount))),
        ("offsetof(struct statx, stx_uid)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.UserId))),
        ("offsetof(struct statx, stx_gid)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.GroupId))),
        ("offsetof(struct statx, stx_mode)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Mode))),
        ("offsetof(struct statx, stx_ino)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Inode))),
        ("offsetof(struct statx, stx_size)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Size))),
        ("offsetof(struct statx, stx_blocks)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Blocks))),
        ("offsetof(struct statx, stx_attributes_mask)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.AttributesMask))),
        ("offsetof(struct statx, stx_atime)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Accessed))),
        ("offsetof(struct statx, stx_btime)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Born))),
        ("offsetof(struct statx, stx_ctime)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Changed))),
        ("offsetof(struct statx, stx_mtime)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.Modified))),
        ("offsetof(struct statx, stx_rdev_major)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.SpecialMajor))),
        ("offsetof(struct statx, stx_rdev_minor)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.SpecialMinor))),
        ("offsetof(struct statx, stx_dev_major)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.DeviceMajor))),
        ("offsetof(struct statx, stx_dev_minor)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.DeviceMinor))),
        ("offsetof(struct statx, stx_mnt_id)", OffsetOf<StatxBuffer>(nameof(StatxBuffer.MountId))),
        ("offsetof(struct dirent64, d_reclen)", FolderLister.RecordLengthOffset),
        ("offsetof(struct dirent64, d_name)", FolderLister.NameOffset),
    ];

    [Fact]
    public void ConstantsAndStructs_AsCompiledByTheSystem_AreTheSame()
    {
        Dictionary<string, long> compiled = Compile(Facts.Select(fact => fact.C));

        Assert.Equal(Facts.Select(fact => $"{fact.C} = {compiled[fact.C]}"), Facts.Select(fact => $"{fact.C} = {fact.Ours}"));
    }

    [Fact]
    public void Constants_OfTheInteropLayer_AreAllProven()
    {
        // Our own, and put together from proven ones.
        string[] others = [nameof(FileDescriptor.ProcPathLength), nameof(ResolveFlags.InsideTree), nameof(ResolveFlags.InsideSystem), nameof(ResolveFlags.None)];
        HashSet<long> proven = [.. Facts.Select(fact => fact.Ours)];

        IEnumerable<string> unproven =
            from type in typeof(Errno).Assembly.GetTypes()
            where type.Namespace == typeof(Errno).Namespace
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            where field.IsLiteral && !others.Contains(field.Name) && field.GetRawConstantValue() is not string
            where !proven.Contains(Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture))
            select $"{type.Name}.{field.Name}";

        Assert.Empty(unproven);
    }

    [Fact]
    public void Device_AsMknodTakesIt_IsMadeAsTheSystemMakesIt()
    {
        const ulong major = 0x12345;
        const ulong minor = 0xABCDE;

        Assert.Equal(Compile(["makedev(0x12345, 0xABCDE)"]).Values.Single(), (long)FactsReader.MakeDevice(major, minor));
    }

    private static long OffsetOf<T>(string field) => Marshal.OffsetOf<T>(field);

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
            #include <linux/fs.h>
            #include <linux/limits.h>
            #include <linux/openat2.h>
            #include <signal.h>
            #include <stddef.h>
            #include <stdio.h>
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
