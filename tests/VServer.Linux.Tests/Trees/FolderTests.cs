using System.Globalization;
using VServer.Errors;
using VServer.Linux.Trees;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Trees;

public sealed class FolderTests
{
    private static readonly UnixPath Name = UnixPath.Parse("name");
    private static readonly UnixPath Other = UnixPath.Parse("other");

    [Fact]
    public void OpenRoot_RelativePath_IsRefused() =>
        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<TreeException>(() => new LinuxTreeHost().OpenRoot("relative")).Kind);

    [Fact]
    public void OpenRoot_File_SaysWhatWhyAndWhatToDo()
    {
        TreeException error = Assert.Throws<TreeException>(() => new LinuxTreeHost().OpenRoot("/etc/passwd"));

        Assert.Equal("Cannot open the tree '/etc/passwd': Not a directory (openat2, errno 20). Look at what lies there: a file, folder or link of another type than expected.", error.Message);
        Assert.Equal((ErrorKind.InvalidData, 20, "openat2"), (error.Kind, error.NativeError, error.Operation));
    }

    [Fact]
    public void OpenRoot_ThroughASymbolicLink_IsTheFolderBehindIt()
    {
        using TestTree tree = new();
        tree.Run("mkdir real; touch real/name; ln -s real link");

        using IFolder root = new LinuxTreeHost().OpenRoot($"{tree.Path}/link");

        Assert.Equal([Name], root.ReadNames());
    }

    [Fact]
    public void Read_HostileNames_AreTheirBytes()
    {
        using TestTree tree = new();
        byte[][] names = [[0xFF, 0xFE], "new\nline"u8.ToArray(), Enumerable.Repeat((byte)'x', 255).ToArray(), "-rf *"u8.ToArray(), "..."u8.ToArray(), [1]];
        foreach (byte[] name in names)
        {
            tree.Root.CreateFile(UnixPath.FromBytes(name), 0x180).Dispose();
        }

        IReadOnlyList<FolderEntry> entries = tree.Root.Read();

        Assert.Equal(names.Select(name => UnixPath.FromBytes(name)).Order(), entries.Select(entry => entry.Name).Order());
        Assert.All(entries, entry => Assert.Equal(entry.Facts.Inode, tree.Root.Find(entry.Name)?.Inode));
    }

    [Fact]
    public void Read_MoreNamesThanABufferHolds_GivesAllEachTime()
    {
        using TestTree tree = new();
        tree.Run("seq -f 'a-name-that-takes-some-room-%g' 3000 | xargs touch");

        Assert.Equal(3000, tree.Root.ReadNames().Distinct().Count());
        Assert.Equal(3000, tree.Root.Read().Count);
    }

    [Fact]
    public void Find_EveryType_IsWhatStatSays()
    {
        using TestTree tree = new();
        tree.Run("echo 12345 >file; chmod 4751 file; chown 70000:80000 file; ln file again; touch -d @1234567890.123456789 file; mkdir folder; ln -s nowhere link; mkfifo fifo; mknod char c 4000 74565; mknod block b 7 200; perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => q(socket), Listen => 1) or die'");

        foreach (string name in new[] { "file", "folder", "link", "fifo", "char", "block", "socket" })
        {
            FileFacts facts = tree.Root.Find(UnixPath.Parse(name)).GetValueOrDefault();
            string type = facts.Kind switch
            {
                FileKind.Regular => "regular file",
                FileKind.Folder => "directory",
                FileKind.SymbolicLink => "symbolic link",
                FileKind.CharacterDevice => "character special file",
                FileKind.BlockDevice => "block special file",
                FileKind.Fifo => "fifo",
                _ => "socket",
            };
            string ours = string.Create(CultureInfo.InvariantCulture, $"{type} {facts.Device} {facts.Inode} {Convert.ToString(facts.Permissions, 8)} {facts.UserId} {facts.GroupId} {facts.LinkCount} {facts.Size} {facts.AllocatedBytes / 512} {facts.Modified.Seconds}.{facts.Modified.Nanoseconds:d9} {facts.Changed.Seconds}.{facts.Changed.Nanoseconds:d9} {facts.SpecialDevice}");
            Assert.Equal(tree.Run($"stat -c '%F %d %i %a %u %g %h %s %b %.9Y %.9Z %r' {name}"), ours);
        }
    }

    [Fact]
    public void Find_Missing_IsNull() => Assert.Null(Use(tree => tree.Root.Find(Name)));

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("../etc")]
    public void Names_OfMoreThanOneComponent_AreRefused(string text)
    {
        using TestTree tree = new();
        UnixPath name = UnixPath.Parse(text);

        foreach (Action use in new Action[]
        {
            () => tree.Root.Find(name),
            () => tree.Root.OpenFile(name),
            () => tree.Root.CreateFile(name, 0),
            () => tree.Root.CreateFolder(name, 0),
            () => tree.Root.Rename(Name, name),
            () => tree.Root.Rename(name, Name),
            () => tree.Root.Move(tree.Root, name, Name),
            () => tree.Root.Link(tree.Root, name, Name),
            () => tree.Root.Link(tree.Root, Name, name),
            () => tree.Root.Unlink(name),
            () => tree.Root.RemoveFolder(name),
            () => tree.Root.ReadLink(name),
            () => tree.Root.CreateSymbolicLink(name, UnixTarget.Parse("x")),
            () => tree.Root.CopySpecial(tree.Root, name, Name),
        })
        {
            Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<TreeException>(use).Kind);
        }
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("file")]
    [InlineData("link")]
    [InlineData("link/below")]
    [InlineData("out")]
    [InlineData("root")]
    [InlineData("..")]
    [InlineData("folder/../../x")]
    [InlineData("mount")]
    [InlineData("mount/below")]
    public void TryOpenFolder_WhatIsNoFolderOfTheTree_IsNull(string path)
    {
        using TestTree tree = new();
        tree.Run("mkdir -p folder/below mount other/below; touch file; ln -s folder link; ln -s ../.. out; ln -s / root; mount --bind other mount");

        Assert.Null(tree.Root.TryOpenFolder(UnixPath.Parse(path)));
    }

    [Fact]
    public async Task TryOpenFolder_FoldersElsewhereAreRenamed_IsOpened()
    {
        using TestTree tree = new();
        using TestTree elsewhere = new();
        tree.Run("mkdir folder");
        elsewhere.Run("mkdir name");

        Task renames = Task.Run(() => RenameToAndFro(elsewhere.Root, 20_000));
        while (!renames.IsCompleted)
        {
            using IFolder? folder = tree.Root.TryOpenFolder(UnixPath.Parse("folder/../folder/../folder"));
            Assert.NotNull(folder);
        }

        await renames;
    }

    [Fact]
    public void TryOpenFolder_OfASystem_CrossesMountsButNoLinks()
    {
        using TestTree tree = new();
        tree.Run("mkdir -p mount other/below; ln -s other link; mount --bind other mount");
        using IFolder system = new LinuxTreeHost().OpenSystem(tree.Path);

        using IFolder? below = system.TryOpenFolder(UnixPath.Parse("mount/below"));

        Assert.NotNull(below);
        Assert.NotEqual(system.Facts.MountId, below.Facts.MountId);
        Assert.Null(system.TryOpenFolder(UnixPath.Parse("link/below")));
    }

    [Fact]
    public void Find_MountPoint_TellsTheOtherMount()
    {
        using TestTree tree = new();
        tree.Run("mkdir name; mount --bind name name");

        Assert.NotEqual(tree.Root.Facts.MountId, tree.Root.Find(Name)?.MountId);
    }

    [Fact]
    public void OpenFile_FileMountedOver_IsRefused()
    {
        using TestTree tree = new();
        tree.Run("touch name; mount --bind /etc/passwd name");

        Assert.Equal(ErrorKind.CrossesFileSystem, Assert.Throws<TreeException>(() => tree.Root.OpenFile(Name)).Kind);
    }

    [Theory]
    [InlineData("mkfifo name", ErrorKind.InvalidData)]
    [InlineData("mknod name c 1 5", ErrorKind.InvalidData)]
    [InlineData("mkdir name", ErrorKind.InvalidData)]
    [InlineData("ln -s /etc/passwd name", ErrorKind.InvalidData)]
    [InlineData("perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => q(name), Listen => 1) or die'", ErrorKind.InvalidData)]
    [InlineData("true", ErrorKind.NotFound)]
    public void OpenFile_WhatIsNoFile_IsRefusedAtOnce(string script, ErrorKind kind)
    {
        using TestTree tree = new();
        tree.Run(script);

        Assert.Equal(kind, Assert.Throws<TreeException>(() => tree.Root.OpenFile(Name)).Kind);
    }

    [Fact]
    public void Reading_FilesAndFolders_LeavesAccessTimes()
    {
        using TestTree tree = new();
        tree.Run("mkdir folder; echo x >folder/name; touch -a -d @1000 folder folder/name");

        using (IFolder folder = tree.Root.TryOpenFolder(UnixPath.Parse("folder"))!) // Made above.
        {
            folder.Read();
            using IFile file = folder.OpenFile(Name);
            file.ReadAll(10);
        }

        Assert.Equal("1000 1000", tree.Run("echo $(stat -c %X folder folder/name)"));
    }

    // Only the owner and root may ask for it.
    [Fact]
    public void OpenFile_OfSomebodyElse_IsOpenedEvenWithoutKeepingTheAccessTime()
    {
        using TestTree tree = new();
        tree.Run("chmod 755 .; echo x >name");

        Assert.Equal(2, OtherUser.Run(() =>
        {
            using IFolder root = new LinuxTreeHost().OpenRoot(tree.Path);
            using IFile file = root.OpenFile(Name);
            return file.ReadAll(10).Length;
        }));
    }

    [Fact]
    public void Creating_WithAnyMask_GivesExactlyTheBits()
    {
        using TestTree tree = new();
        tree.Run("setfacl -d -m u::rx,g::-,o::-,u:5:rwx .");

        tree.Root.CreateFile(Name, 0xFFF).Dispose();
        using IFolder folder = tree.Root.CreateFolder(Other, 0x3FF);

        Assert.Equal(0x3FFu, folder.Facts.Permissions);
        Assert.Equal("7777 1777", tree.Run("echo $(stat -c %a name other)"));
    }

    [Fact]
    public void Creating_WhatExists_IsRefused()
    {
        using TestTree tree = new();
        tree.Run("ln -s /nowhere name");

        Assert.Equal(ErrorKind.AlreadyExists, Assert.Throws<TreeException>(() => tree.Root.CreateFile(Name, 0x180)).Kind);
        Assert.Equal(ErrorKind.AlreadyExists, Assert.Throws<TreeException>(() => tree.Root.CreateFolder(Name, 0x180)).Kind);
        Assert.Equal(ErrorKind.AlreadyExists, Assert.Throws<TreeException>(() => tree.Root.CreateSymbolicLink(Name, UnixTarget.Parse("x"))).Kind);
    }

    [Fact]
    public void Link_OpenFileWhoseNameWasReplaced_LinksTheInodeThatIsOpen()
    {
        using TestTree tree = new();
        tree.Run("echo mine >name");
        using IFile file = tree.Open("name");
        tree.Run("ln name keep; echo theirs >new; mv new name");

        tree.Root.Link(file, Other);

        Assert.Equal("mine", tree.Run("cat other"));
    }

    [Fact]
    public void Link_ByName_DoesNotFollowASymbolicLink()
    {
        using TestTree tree = new();
        tree.Run("ln -s /etc/passwd name");

        tree.Root.Link(tree.Root, Name, Other);

        Assert.Equal("symbolic link 2", tree.Run("stat -c '%F %h' other"));
    }

    [Fact]
    public void Rename_OverAFile_ReplacesIt()
    {
        using TestTree tree = new();
        tree.Run("echo new >name; echo old >other");

        tree.Root.Rename(Name, Other);

        Assert.Equal("other: new", tree.Run("for f in *; do echo $f: $(cat $f); done"));
    }

    // Why whoever replaces a name must first see whether it is the same inode already.
    [Fact]
    public void Rename_TwoNamesOfOneInode_LeavesBoth()
    {
        using TestTree tree = new();
        tree.Run("echo x >name; ln name other");

        tree.Root.Rename(Name, Other);

        Assert.Equal("name other", tree.Run("echo *"));
    }

    [Fact]
    public void Removing_FileAndFolder_TakesOnlyItsOwnKind()
    {
        using TestTree tree = new();
        tree.Run("touch name; mkdir other");

        Assert.Equal(ErrorKind.InvalidData, Assert.Throws<TreeException>(() => tree.Root.RemoveFolder(Name)).Kind);
        Assert.Equal(ErrorKind.InvalidData, Assert.Throws<TreeException>(() => tree.Root.Unlink(Other)).Kind);
        tree.Root.Unlink(Name);
        tree.Root.RemoveFolder(Other);
        Assert.Empty(tree.Root.ReadNames());
    }

    [Fact]
    public void SetModified_Folder_LeavesItsAccessTime()
    {
        using TestTree tree = new();
        tree.Run("touch -a -d @1000 .");

        tree.Root.SetModified(new FileTime(2000, 123456789));

        Assert.Equal("1000 2000.123456789", tree.Run("stat -c '%X %.9Y' ."));
    }

    [Fact]
    public void Flush_OfAFolder_Succeeds() => Use(tree =>
    {
        new LinuxTreeHost().Flush(tree.Root);
        return true;
    });

    [Fact]
    public void TryOpenFolder_FortyLevelsOf255Bytes_StepByStep()
    {
        using TestTree tree = new();
        UnixPath name = UnixPath.FromBytes(Enumerable.Repeat((byte)0xE9, 255).ToArray());
        Stack<IFolder> open = new([tree.Root]);
        for (int level = 0; level < 40; level++)
        {
            open.Push(open.Peek().CreateFolder(name, 0x1C0));
        }

        Assert.Empty(open.Peek().Read());
        while (open.Count > 1)
        {
            open.Pop().Dispose();
        }
    }

    [Fact]
    public void Failures_OfEveryKind_LeaveNothingOpen()
    {
        using TestTree tree = new();
        tree.Run("mkdir folder; mkfifo fifo; ln -s / link; touch file");

        foreach (string name in new[] { "folder", "fifo", "link", "missing" })
        {
            Assert.Throws<TreeException>(() => tree.Root.OpenFile(UnixPath.Parse(name)));
            Assert.ThrowsAny<Exception>(() => tree.Root.CopySpecial(tree.Root, UnixPath.Parse(name), UnixPath.Parse("file")));
        }

        Assert.Throws<TreeException>(() => tree.Root.CreateFile(UnixPath.Parse("file"), 0x180));
        Assert.Throws<TreeException>(() => tree.Root.CreateFolder(UnixPath.Parse("folder"), 0x180));

        Assert.Equal([tree.Path], tree.OpenDescriptors());
    }

    private static T Use<T>(Func<TestTree, T> use)
    {
        using TestTree tree = new();
        return use(tree);
    }

    private static void RenameToAndFro(IFolder folder, int times)
    {
        for (int time = 0; time < times; time++)
        {
            folder.Rename(Name, Other);
            folder.Rename(Other, Name);
        }
    }
}
