using System.Collections.Concurrent;
using VServer.Errors;
using VServer.Guests;
using VServer.Packages;
using VServer.Unify;
using Xunit;

namespace VServer.Linux.Tests.Unify;

public sealed class UnifyTests
{
    private const string Same = "mkdir -p ref/usr/bin; echo tool >ref/usr/bin/tool; echo text >ref/usr/text; chmod 755 ref/usr/bin/tool; cp -a ref/. a; ";

    [Fact]
    public void Unify_EqualFiles_BecomeOneInodeAndLookAsBefore()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same + "touch -d @1000000000.123456789 a/usr a/usr/bin");
        string before = store.View("a");

        UnifyResult result = store.Unify("a");

        Assert.Equal(2, result.Linked);
        Assert.Equal(10, result.LinkedBytes);
        Assert.Equal(8192, result.SavedBytes);
        Assert.True(store.IsOneInode("a/usr/bin/tool", "ref/usr/bin/tool"));
        Assert.Equal(before, store.View("a"));
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [Fact]
    public void Unify_Twice_ChangesNothingMore()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same);
        store.Unify("a");
        string states = store.Shell("find . -path ./.vserver -prune -o -printf '%p %i %C@\\n' | sort");

        UnifyResult again = store.Unify("a");

        Assert.Equal((0, 2), (again.Linked, again.AlreadyShared));
        Assert.Equal(states, store.Shell("find . -path ./.vserver -prune -o -printf '%p %i %C@\\n' | sort"));
    }

    [Fact]
    public void Unify_WhatIf_TellsTheSameAndChangesNothing()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same + "echo other >a/usr/text");
        string before = store.View("a") + store.Shell("find . -printf '%p %i %C@\\n' | sort");

        UnifyResult told = store.Unify("a", request => request with { WhatIf = true });

        Assert.Equal(before, store.View("a") + store.Shell("find . -printf '%p %i %C@\\n' | sort"));
        UnifyResult done = store.Unify("a");
        Assert.Equal((done.Linked, done.LinkedBytes, done.SavedBytes), (told.Linked, told.LinkedBytes, told.SavedBytes));
        Assert.Equal(done.Skipped, told.Skipped);
        Assert.True(told.WhatIf);
    }

    [Theory]
    [InlineData("printf tooL >a/usr/bin/tool; printf '\\n' >>a/usr/bin/tool; touch -r ref/usr/bin/tool a/usr/bin/tool", SkipReason.ContentDiffers)]
    [InlineData("echo longer >>a/usr/bin/tool", SkipReason.ContentDiffers)]
    [InlineData("chmod 4755 a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("chown 1 a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("chgrp 1 a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("touch -d @1.000000001 a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("setfattr -n user.note -v x a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("setcap cap_net_raw+ep a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("setfacl -m u:1:r a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("chattr +d a/usr/bin/tool", SkipReason.MetadataDiffers)]
    [InlineData("rm a/usr/bin/tool", SkipReason.NotInReference)]
    [InlineData("rm a/usr/bin/tool; mkfifo a/usr/bin/tool", SkipReason.NotRegular)]
    [InlineData("rm a/usr/bin/tool; ln -s ../../../ref/usr/bin/tool a/usr/bin/tool", SkipReason.NotRegular)]
    [InlineData("mv a/usr/bin a/usr/real; ln -s real a/usr/bin", SkipReason.NotInReference)]
    [InlineData("mv a/usr/bin bin; ln -s ../../bin a/usr/bin", SkipReason.NotInReference)]
    public void Unify_OneThingDiffers_LeavesTheFileAndSaysWhy(string change, SkipReason reason)
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same + change);
        string before = store.View("a");

        UnifyResult result = store.Unify("a");

        Assert.Equal(1, result.Skipped[reason]);
        Assert.Equal(1, result.Linked);
        Assert.Equal(before, store.View("a"));
        Assert.False(store.IsOneInode("a/usr/bin/tool", "ref/usr/bin/tool") && reason != SkipReason.NotRegular);
    }

    [Theory]
    [InlineData("etc/passwd")]
    [InlineData("var/lib/dpkg/status")]
    [InlineData("root/.profile")]
    public void Unify_TheGuestsOwnFiles_AreExcludedUnlessTakenIn(string file)
    {
        using TestStore store = new("ref", "a");
        store.Shell($"mkdir -p $(dirname ref/{file}); echo x >ref/{file}; cp -a ref/. a");

        Assert.Equal(1, store.Unify("a").Skipped[SkipReason.Excluded]);
        Assert.Equal(1, store.Unify("a", request => request with { Rules = ["+/" + file] }).Linked);
    }

    [Fact]
    public void Unify_EmptyAndSmallFiles_AreLeft()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same + "touch ref/usr/empty; cp -a ref/usr/empty a/usr/");

        UnifyResult result = store.Unify("a", request => request with { MinimumSize = 6 });

        Assert.Equal(1, result.Skipped[SkipReason.Empty]);
        Assert.Equal(2, result.Skipped[SkipReason.TooSmall]);
    }

    [Fact]
    public void Unify_TimeIgnored_SharesFilesOfOtherTimes()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same + "touch a/usr/text");

        Assert.Equal(2, store.Unify("a", request => request with { IgnoreTime = true }).Linked);
    }

    [Fact]
    public void Unify_OpenForWriting_IsLeft()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same);
        using FileStream writer = new($"{store.Store.Path}/a/usr/text", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);

        UnifyResult result = store.Unify("a");

        Assert.Equal(1, result.Skipped[SkipReason.OpenForWriting]);
        Assert.False(store.IsOneInode("a/usr/text", "ref/usr/text"));
    }

    [Fact]
    public void Unify_HostileNames_AreFilesLikeOthers()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr; cd ref/usr; n=$(printf 'x%.0s' {1..255}); echo 1 >\"$n\"; echo 2 >$'a\\nb'; echo 3 >$'\\xff\\xfe'; echo 4 >'a b'; echo 5 >A; echo 5 >a; cd ../..; cp -a ref/. a");
        string before = store.View("a");

        Assert.Equal(6, store.Unify("a").Linked);
        Assert.Equal(before, store.View("a"));
    }

    [Fact]
    public void Unify_OtherTrustGroupOrRunning_LeavesTheWholeGuest()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "cp -a ref/. b");
        store.Store.Save(new GuestConfig { Name = "a", HostName = "a", TrustGroup = "other" });

        IReadOnlyList<UnifyResult> results = store.Service("b").Unify(
            new UnifyRequest { Reference = "ref", Guests = ["a", "b"], Scope = UnifyScope.Tree }, CancellationToken.None);

        Assert.Equal(2, results[0].Skipped[SkipReason.OtherTrustGroup]);
        Assert.Equal(2, results[1].Skipped[SkipReason.Running]);
        Assert.Equal(0, results.Sum(result => result.Linked));
    }

    [Fact]
    public void Unify_PackageScope_SharesOnlyEqualVersionsOutsideConfiguration()
    {
        using TestStore store = new("ref", "a");
        // As with merged /usr: the lists say bin/tool where the file is usr/bin/tool.
        store.Shell("mkdir -p ref/usr/bin ref/opt; ln -s usr/bin ref/bin; for f in tool old stray conf; do echo $f >ref/usr/bin/$f; done; cp -a ref/. a");
        InstalledPackage tool = new("tool", "1:2-3", "amd64");
        foreach (string owner in new[] { "ref", "a" })
        {
            store.Packages.Add(owner, tool, ["bin/tool", "usr/bin/conf", "../../etc/passwd"], "usr/bin/conf");
            store.Packages.Add(owner, new InstalledPackage("old", owner == "ref" ? "2" : "1", "amd64"), ["usr/bin/old"]);
        }

        UnifyResult result = store.Unify("a", request => request with { Scope = UnifyScope.Package });

        Assert.Equal((1, 1), (result.Linked, result.Packages));
        Assert.Equal(1, result.Skipped[SkipReason.Configuration]);
        Assert.Equal(1, result.Skipped[SkipReason.VersionDiffers]);
        Assert.True(store.IsOneInode("a/usr/bin/tool", "ref/usr/bin/tool"));
        Assert.False(store.IsOneInode("a/usr/bin/stray", "ref/usr/bin/stray"));
    }

    [Fact]
    public void Unify_PackageScopeWithoutDatabase_SaysSo()
    {
        using TestStore store = new("ref", "a");
        VServerException failure = Assert.Throws<VServerException>(() => store.Unify("a", request => request with { Scope = UnifyScope.Package }));
        Assert.Equal(ErrorIds.PackageDatabaseMissing, failure.ErrorId);
    }

    [Fact]
    public void Unify_ReferenceAmongTheGuests_IsRefused()
    {
        using TestStore store = new("ref", "a");
        Assert.Equal(ErrorIds.ReferenceInvalid, Assert.Throws<VServerException>(() => store.Unify("ref")).ErrorId);
    }

    [Fact]
    public void Unify_LinkLimitReached_StartsASecondGeneration()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "cp -a ref/. b; rm b/usr/bin/tool; mkdir many; perl -e 'for (1..64998) { link(q(ref/usr/text), qq(many/$_)) or die }'");
        string before = store.View("ref");

        UnifyResult first = store.Unify("a");
        UnifyResult second = store.Unify("b");

        Assert.Equal(2, first.Linked);
        Assert.Equal(1, second.Linked);
        Assert.True(store.IsOneInode("b/usr/text", "ref/usr/text"));
        Assert.Equal("64999", store.Shell("stat -c %h a/usr/text"));
        Assert.Equal(before, store.View("ref"));
    }

    // Guarded by this run, or before and by this run only not.
    [Theory]
    [InlineData(UnifyGuard.Immutable, "true")]
    [InlineData(UnifyGuard.None, "chattr +i ref/usr/text")]
    public void Unify_LinkLimitReachedOfASealedFile_SealsBothGenerations(UnifyGuard guard, string prepare)
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "cp -a ref/. b; mkdir many; perl -e 'for (1..64998) { link(q(ref/usr/text), qq(many/$_)) or die }'; " + prepare);

        store.Service().Unify(new UnifyRequest { Reference = "ref", Guests = ["a", "b"], Scope = UnifyScope.Tree, Guard = guard }, CancellationToken.None);

        Assert.False(store.IsOneInode("b/usr/text", "a/usr/text"));
        foreach (string name in (string[])["ref", "a", "b"])
        {
            Assert.Contains("i", store.Shell($"lsattr {name}/usr/text").Split(' ')[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Unify_ImmutableGuard_SealsSharedInodesAndStillTakesNewGuests()
    {
        using TestStore store = new("ref", "a", "b");
        store.Shell(Same + "cp -a ref/. b");
        UnifyRequest Sealed(UnifyRequest request) => request with { Guard = UnifyGuard.Immutable };

        store.Unify("a", Sealed);
        Assert.Contains("i", store.Shell("lsattr a/usr/text").Split(' ')[0], StringComparison.Ordinal);
        Assert.Equal(2, store.Unify("b", Sealed).Linked);
        Assert.Contains("i", store.Shell("lsattr ref/usr/text").Split(' ')[0], StringComparison.Ordinal);

        store.Undo("a");
        Assert.DoesNotContain("i", store.Shell("lsattr a/usr/text").Split(' ')[0], StringComparison.Ordinal);
        Assert.Contains("i", store.Shell("lsattr ref/usr/text").Split(' ')[0], StringComparison.Ordinal);
        store.Undo("b");
        Assert.DoesNotContain("i", store.Shell("lsattr ref/usr/text").Split(' ')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Unify_ImmutableGuardAskedAgain_SealsWhatIsSharedUnsealed()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same);
        store.Unify("a");
        Assert.DoesNotContain("i", store.Shell("lsattr a/usr/text").Split(' ')[0], StringComparison.Ordinal);

        store.Unify("a", request => request with { Guard = UnifyGuard.Immutable, WhatIf = true });
        Assert.DoesNotContain("i", store.Shell("lsattr a/usr/text").Split(' ')[0], StringComparison.Ordinal);
        Assert.Equal(2, store.Unify("a", request => request with { Guard = UnifyGuard.Immutable }).AlreadyShared);
        Assert.Contains("i", store.Shell("lsattr a/usr/text").Split(' ')[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Unify_AnyRefusal_IsExplainedWithBothValues()
    {
        using TestStore store = new("ref", "a");
        store.Shell("mkdir -p ref/usr/bin ref/etc; for f in mode owner mtime xattr size bytes none old gone etc conf; do echo $f >ref/usr/bin/$f; done; mv ref/usr/bin/etc ref/etc; cp -a ref/. a; cd a/usr/bin; "
            + "chmod 4700 mode; chown 1:2 owner; touch -d @5.25 mtime; setfattr -n user.x -v 1 xattr; echo y >>size; printf 'bytex\n' >bytes; touch -r ../../../ref/usr/bin/bytes bytes; rm none");
        foreach (string owner in new[] { "ref", "a" })
        {
            store.Packages.Add(owner, new InstalledPackage("all", "1", "x"), ["etc/etc", .. "mode owner mtime xattr size bytes none".Split(' ').Select(name => "usr/bin/" + name)], "usr/bin/conf");
            store.Packages.Add(owner, new InstalledPackage("old", owner == "ref" ? "2" : "1", "x"), ["usr/bin/old"]);
        }

        store.Packages.Add("ref", new InstalledPackage("gone", "3", "x"), ["usr/bin/gone"]);
        ConcurrentDictionary<string, string> details = [];
        UnifyResult result = store.Unify("a", request => request with { Scope = UnifyScope.Package, Files = file => details[$"{file.Path.Name}"] = file.Detail });

        Assert.Equal(0, result.Linked);
        Assert.Equal("mode: 0644 in the reference, 04700 in the guest", details["/mode"]);
        Assert.Equal("owner: 0:0 in the reference, 1:2 in the guest", details["/owner"]);
        Assert.EndsWith("in the reference, 5.250000000 in the guest", details["/mtime"], StringComparison.Ordinal);
        Assert.Equal("attribute user.x: missing in the reference, 0x31 in the guest", details["/xattr"]);
        Assert.Equal("size: 5 in the reference, 7 in the guest", details["/size"]);
        Assert.StartsWith("digest: ", details["/bytes"], StringComparison.Ordinal);
        Assert.Equal("the guest has no such file", details["/none"]);
        Assert.Equal("old 2 (the guest has 1)", details["/old"]);
        Assert.Equal("gone 3 (the guest has it not)", details["/gone"]);
        Assert.Equal("rule /etc", details["/etc"]);
        Assert.Equal("of the package all", details["/conf"]);
        Assert.Equal(("old", "1", "gone", null), (result.PackagesDiffering.Single().Name, result.PackagesDiffering.Single().GuestVersion, result.PackagesMissing.Single().Name, result.PackagesMissing.Single().GuestVersion));
    }

    [Fact]
    public void Unify_AfterAKilledRun_RemovesItsTemporariesAndPutsTimesBack()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same + "touch -d @1000.5 a/usr/bin; printf 'T\\0a\\0\\0000\\0000\\0F\\0a\\0usr/bin\\0001000\\000500000000\\0F\\0a\\0us' >.vserver/journal/c0ffee.journal; ln a/usr/bin/tool a/usr/bin/.vs-c0ffee-1");

        UnifyResult result = store.Unify("a");

        Assert.Equal(1, result.Recovered);
        Assert.Equal("tool", store.Shell("ls -A a/usr/bin"));
        Assert.Equal("1000.5000000000", store.Shell("find a/usr/bin -maxdepth 0 -printf '%T@'"));
        Assert.Equal("", store.Shell("ls .vserver/journal"));
    }

    [Fact]
    public void Unify_FilesAskedFor_TellsTheFateOfEach()
    {
        using TestStore store = new("ref", "a");
        store.Shell(Same + "chmod 600 a/usr/text");
        List<UnifyFile> files = [];

        store.Unify("a", request => request with { Files = file => { lock (files) { files.Add(file); } } });

        Assert.Equal(["/usr/bin/tool", "/usr/text"], files.Select(file => file.Path.ToString()).Order());
        Assert.DoesNotContain(files, file => file.Detail is null);
        UnifyFile text = files.Single(file => !file.Shared);
        Assert.Equal((SkipReason.MetadataDiffers, "mode: 0644 in the reference, 0600 in the guest"), (text.Reason, text.Detail));
    }
}
