using VServer.Linux.Tests.Trees;
using Xunit;

namespace VServer.Linux.Tests.Helper;

/// <summary>Each kind of change, made in a real guest, looks the same to it once it is folded into its tree.</summary>
[Collection(GuestCollection.Name)]
public sealed class SettleKindsTests(GuestImage image)
{
    [GuestFact]
    public void Settle_LinksOverFolders_StayOneInode()
    {
        using TestGuest guest = Prepared("echo x > one; ln one two; mkdir in; ln one in/three");

        Assert.Equal("in/c, n1/a, n2/b", Linked(guest, """
            ln one in/four; echo more >> in/four
            mkdir n1 n2; echo z > n1/a; ln n1/a n2/b; ln n1/a in/c
            echo kept > gone; ln gone n2/left; rm gone
            """, "in/c"));
        Assert.Equal("in/four, one", Linked(guest, "true", "one"));

        // The tree's names of one inode may be equal files that unify has joined: a change to one of them is no change to the others.
        Assert.Equal("two", Linked(guest, "mv two n1/two; mv n1/two two", "two"));
    }

    [GuestFact]
    public void Settle_SpecialFiles_KeepTypeAndLooks()
    {
        using TestGuest guest = Prepared($"mknod null c 1 3; mknod disk b 7 0; mknod gone c 1 5; mkfifo pipe pipe-gone; '{GuestImage.SocketMaker}' socket; mkdir in");

        Assert.Equal("character special file 1:3 600 0:0", Shown(guest, "chmod 600 null; chown 5:6 disk; rm gone pipe-gone", "null"));
        Assert.Equal("block special file 7:0 644 5:6", Shown(guest, "mv pipe in/pipe; mv socket in/socket; make-socket new; mkfifo -m 622 made", "disk"));
        Assert.Equal("socket 0:0 755 3:4", Shown(guest, "chmod 755 in/socket; chown 3:4 in/socket; mv in/pipe made", "in/socket"));
        Assert.Equal("fifo 0:0 644 0:0", Shown(guest, "true", "made"));
    }

    [GuestFact]
    public void Settle_ExtendedAttributes_AreAsTheGuestSetThem() => SettleAttributes(privileged: false);

    [GuestFact]
    public void Settle_ExtendedAttributesOfAPrivilegedGuest_AreAsItSetThem() => SettleAttributes(privileged: true);

    [GuestFact]
    public void Settle_OnlyFoldersLooks_Change()
    {
        using TestGuest guest = Prepared("mkdir mode owner time attribute listed; for name in mode owner time attribute listed; do echo $name > $name/file; done");

        AssertSettles(guest, "chmod 2751 mode; chown 8:9 owner; touch -d @1234567890.123456789 time; setfattr -n user.x -v y attribute; setfacl -m g:50:rwx listed; chmod 1777 .");

        Assert.Equal("2751 8:9 1234567890", Shell.Run("echo $(stat -c %a mode) $(stat -c %u:%g owner) $(stat -c %Y time)", guest.InTree("w")));
    }

    [GuestFact]
    public void Settle_RenamedFolders_AreWhereTheGuestPutThem()
    {
        using TestGuest guest = Prepared("""
            for name in a/x/y/leaf p1/p2/leaf p1/other k/l/leaf k/own over/mine top/leaf ring1/one ring2/two ring3/three nest/1/2/3/leaf long/leaf gone/inside/leaf
            do mkdir -p ${name%/*}; echo $name > $name; done; mkdir under
            """);

        AssertSettles(guest, """
            mv a b; mv b/x/y b/z; mv b/z c; mkdir x; mv c x/c; echo more > x/c/more
            mv p1/p2 q; rm -r p1; mkdir p1; mv q p1/p2; rm p1/p2/leaf
            mv k/l m; mv k m/k
            mv -T over under; mv -T top under/mine-too; rm under/mine
            mv ring1 r; mv ring2 ring1; mv ring3 ring2; mv r ring3
            mv nest/1/2/3 nest/3; mv nest/1/2 nest/3/2; mv nest/1 nest/3/2/1; mv nest nest2; chmod 711 nest2/3/2/1
            mv gone/inside kept; rm -r gone; mv kept gone
            name=$(printf 'n%.0s' $(seq 200)); mkdir $name; mv long $name/$name; mv $name/$name $name/again; mv $name moved
            """);
    }

    [GuestFact]
    public void Settle_OddNames_AreNames()
    {
        using TestGuest guest = Prepared("mkdir odd; cd odd; for name in -rf '*' ' ' $'new\\nline' $'\\xff\\xfe' settling t0 d1 $(printf 'x%.0s' {1..255}); do mkdir \"./in$name\" 2>/dev/null || true; echo was > \"./$name\"; done");

        AssertSettles(guest, """
            cd odd; for name in *; do if [ -f "./$name" ]; then echo is > "./$name"; fi; done
            rm -- -rf; mkdir -- -rf; mv '*' 't0/' 2>/dev/null || mv ./'*' './t1'; mkdir settled upper work; echo in > settled/t0
            mv "$(printf 'inn\145w\nline')" "$(printf 'tab\there')"; printf x > "$(printf '\\\\back\001')"
            """);
    }

    /// <summary>Whiteouts in the kernel's other form come from elsewhere: no kernel writes them, and all since 6.7 honour them.</summary>
    [GuestFact]
    public void Settle_WhiteoutsThatAreAttributes_AreRemovals()
    {
        using TestGuest guest = Prepared("mkdir in; echo gone > in/gone; echo seen > in/seen; echo top > top; : > empty");
        guest.Config = guest.Config with { Delta = DeltaPolicy.Keep };
        guest.Start();
        guest.Run("chmod 700 /w/in; echo new > /w/in/new");
        guest.Stop();
        Shell.Run("cd w; : > in/gone; : > top; setfattr -n trusted.overlay.whiteout -v y in/gone; setfattr -n trusted.overlay.whiteout -v y top; setfattr -n trusted.overlay.opaque -v x in", guest.Place.Upper);
        guest.Settle();

        Assert.Equal("empty in/new in/seen", Shell.Run("echo $(find . -type f -printf '%P\\n' | sort)", guest.InTree("w")));
    }

    private void SettleAttributes(bool privileged)
    {
        using TestGuest guest = Prepared("""
            for name in set drop acl cap cap-lost forged escaped; do echo $name > $name; done; mkdir folder acl-folder forged-folder escaped-folder
            echo below > forged-folder/below; setfattr -n user.old -v 1 drop; setfacl -m u:7:rw acl; setcap cap_chown+ep cap-lost
            setfattr -n trusted.overlay.overlay.note -v mine escaped; setfattr -n trusted.overlay.overlay.note -v mine escaped-folder
            """);
        guest.Config = guest.Config with { Privileged = privileged };

        AssertSettles(guest, """
            setfattr -n user.new -v value set; setfattr -n user.new -v value folder; setfattr -x user.old drop
            setfacl -m u:1000:rwx,g:50:r acl; setfacl -d -m g:50:rx acl-folder; echo in > acl-folder/inherits; mkdir acl-folder/too
            setcap cap_net_raw+ep cap; echo loses >> cap-lost; cat cap > cap-made; setcap cap_setuid+ep cap-made
            setfattr -n user.overlay.opaque -v y forged-folder; setfattr -n user.overlay.whiteout -v y forged; : > forged
            chmod 700 escaped escaped-folder
            for number in $(seq 40); do setfattr -n user.$(printf 'n%.0s' $(seq 60))$number -v x set; done
            """);

        Assert.Equal("cap cap_net_raw=ep\ncap-made cap_setuid=ep", Shell.Run("getcap cap cap-lost cap-made", guest.InTree("w")));
        Assert.Equal("mine mine", Shell.Run("echo $(getfattr --only-values -n trusted.overlay.overlay.note escaped escaped-folder | sed 's/minemine/mine mine/')", guest.InTree("w")));
        Assert.Equal("", Shell.Run("getfattr -Rhd -m trusted . | grep = | grep -v overlay.overlay.note || true", guest.Place.Tree));
    }

    private static void AssertSettles(TestGuest guest, string changes)
    {
        string shared = TestGuest.Describe(guest.Shared);
        guest.Start();
        guest.Run($"cd /w; {changes}");
        string seen = GuestView.Of(guest);

        guest.Stop();

        Assert.False(guest.Host.HasDelta(guest.Place));
        guest.Start();
        Assert.Equal(seen, GuestView.Of(guest));
        guest.Stop();
        Assert.Equal(shared, TestGuest.Describe(guest.Shared));
    }

    private static string Linked(TestGuest guest, string changes, string name)
    {
        AssertSettles(guest, changes);
        return Shell.Run($"find . -samefile {name} -printf '%P\\n' | LC_ALL=C sort | paste -sd, | sed 's/,/, /g'", guest.InTree("w"));
    }

    private static string Shown(TestGuest guest, string changes, string name)
    {
        AssertSettles(guest, changes);
        return Shell.Run($"stat -c '%F %Hr:%Lr %a %u:%g' {name}", guest.InTree("w"));
    }

    private TestGuest Prepared(string before)
    {
        TestGuest guest = new(image);
        Shell.Run($"mkdir w; (cd w; {before}\n); find w -exec touch -h -d @1111111111.123456789 {{}} +; cp -al w ../shared/", guest.Place.Tree);
        return guest;
    }
}
