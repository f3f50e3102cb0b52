using VServer.Guests;
using VServer.Linux.Tests.Packages;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

/// <summary>Trees as nobody sane makes them, and what is done with each; made and looked at by a shell.</summary>
internal static class HostileTrees
{
    /// <summary>What is in a tree's usr beside two plain files: each a script that runs there.</summary>
    public static TheoryData<string, string> All { get; } = new()
    {
        { "names", "n=$(printf 'x%.0s' {1..255}); echo 1 >\"$n\"; mkdir $'\\xff'; echo 2 >$'\\xff/\\xfe'; echo 3 >$'a\\nb'; echo 4 >$'\\x01 -rf *'; mkdir \"d$'\\n'\"; echo 5 >\"d$'\\n'/x\"" },
        { "case", "for n in file File FILE; do echo $n >$n; done; mkdir folder FOLDER; echo lower >folder/x; echo upper >FOLDER/x; touch -d @7 */x" },
        { "capabilities", "echo 1 >able; setcap cap_net_raw+ep able; echo 1 >plain; touch -r able plain; echo 2 >list; setfacl -m u:7:r,g:8:w list; mkdir given; setfacl -d -m u:7:rwx given; echo 3 >given/x; echo 4 >noted; setfattr -n user.note -v text noted; chmod 6755 noted" },
        { "kinds", "mkfifo fifo; mknod null c 1 3; mknod disk b 7 0; perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local => q(socket), Listen => 1)'; chmod 666 fifo null" },
        { "links", "ln -s /etc out; ln -s ../../../.. up; ln -s loop loop; ln -s /etc/shadow shadow; ln -s \"$(printf 'x%.0s' {1..4000})\" long; ln plain again" },
        { "deep40", "for n in {1..40}; do mkdir level; echo $n >level/x; cd level; done" },
    };

    /// <summary>The reference, and guests of the same files.</summary>
    public static TestStore Make(string script, params string[] guests)
    {
        TestStore store = new(["ref", .. guests]);
        store.Shell($"mkdir -p ref/usr; cd ref/usr; echo plain >plain; echo other >other; {script}");
        Array.ForEach(guests, guest => store.Shell($"cp -a ref/. {guest}"));
        return store;
    }

    /// <summary>Every regular file with its inode: alike for two trees that share all.</summary>
    public static string Inodes(this TestStore store, string tree) => store.Shell($"cd {tree}; find . -type f -size +0 -printf '%p %i\\n' | sort");

    public static CopyResult Copy(this TestStore store, string name) => new GuestCopier(store.Store, store.Trees, new StoppedGuests(), HostRpm.Reader(), TimeProvider.System)
        .Copy(new CopyRequest { Reference = "ref", Names = [name], Scope = UnifyScope.Tree }, CancellationToken.None).Single();
}
