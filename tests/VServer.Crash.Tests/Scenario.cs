using VServer.Guests;

namespace VServer.Crash.Tests;

/// <summary>A piece of work to break off, in a store made for it.</summary>
internal sealed record Scenario
{
    /// <summary>Reference, template and guest in one: two guests that are equal copies, one that shares sealed files already.</summary>
    private const string Trees = """
        mkdir -p store/ref; cd store/ref
        mkdir -p usr/bin usr/lib usr/share/deep/er etc var/lib/dpkg/info
        for name in tool suid able; do echo "$name" >usr/bin/$name; chmod 755 usr/bin/$name; done
        chmod 4755 usr/bin/suid; setcap cap_net_raw+ep usr/bin/able; chown 7:8 usr/lib; ln -s tool usr/bin/link
        for name in one two three; do head -c 5000 /dev/zero | tr '\0' "${name:0:1}" >usr/lib/$name; done
        setfattr -n user.note -v text usr/lib/one; setfacl -m u:1:r usr/lib/two
        truncate -s 1M usr/share/sparse; echo end >>usr/share/sparse
        echo leaf >usr/share/deep/er/leaf; : >usr/share/empty; mkfifo usr/share/fifo
        echo odd >usr/share/$'a\nb'; echo byte >usr/share/$'\xff\xfe'; echo long >usr/share/$(printf 'x%.0s' {1..255})
        echo twin >usr/share/twin; ln usr/share/twin usr/share/twin-again
        echo sealed >usr/lib/sealed; echo sealed too >usr/lib/sealed-too
        echo setting >etc/conf
        printf "%s\n" /. /usr /usr/{bin,lib,share,share/deep} /usr/bin/{tool,suid,able,link} /usr/lib/{one,two,three,sealed,sealed-too} /usr/share/{sparse,empty,twin,twin-again} /etc/conf >var/lib/dpkg/info/all.list
        printf 'Package: all\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n\n' >var/lib/dpkg/status
        find . -exec touch -h -d @1000000000.123456789 {} +
        cd ..
        cp -a ref a; cp -a ref b; cp -a ref n; for own in a/etc/own b/usr/share/own; do echo own >$own; touch -d @1500.25 $own; done
        ln -f ref/usr/lib/sealed n/usr/lib/sealed; ln -f a/usr/lib/sealed-too n/usr/lib/sealed-too
        ln -f b/usr/lib/three n/usr/lib/three
        for tree in ref a b n; do find $tree -type d -exec touch -d @2000.5 {} +; done
        """;

    // What the files of the store above are sealed by; cp keeps no flags.
    private const string Seals = "chattr +i store/n/usr/lib/sealed store/n/usr/lib/sealed-too";

    /// <summary>What a guest that changes its files by itself needs besides.</summary>
    private static readonly string Startable = $"mkdir store/a/{{dev,proc,sys,run,tmp}}; cp '{Programs.Change}' store/a/usr/bin/change; touch -d @1600 store/a/usr/bin/change; find store/a -type d -exec touch -d @2000.5 {{}} +";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new() { Name = "unify", Order = "unify ref a,b MayUnlink", Seal = Seals },
        new() { Name = "unify-sealed", Order = "unify ref a,b Immutable", Seal = Seals },
        new() { Name = "unify-second-generation", Order = "unify ref a,b MayUnlink", Seal = Seals, Also = "also linkat 31 /deep/er/" },
        new() { Name = "content", Order = "content ref,a,b,n MayUnlink", Seal = Seals },
        new() { Name = "undo", Prepare = ["unify ref a,b MayUnlink"], Order = "undo a", Seal = Seals },
        new() { Name = "undo-sealed", Prepare = ["unify ref a,b,n Immutable"], Order = "undo a", Seal = "chattr +i store/ref/usr/{bin/tool,lib/*,share/twin}" },
        new() { Name = "new", Placing = "linkat", Order = "new new tpl", Target = "new", Seal = "true", Again = "new new tpl", Clean = "remove new" },
        new() { Name = "remove", Placing = "unlinkat", Prepare = ["unify ref a,b,n Immutable"], Order = "remove a", Target = "a", Seal = "chattr +i store/ref/usr/{bin/tool,lib/*,share/twin}", Clean = "remove a" },
        new() { Name = "copy", Placing = "linkat", Order = "copy ref new Immutable", Target = "new", Seal = Seals, Again = "copy ref new Immutable", Clean = "remove new" },
        new() { Name = "adopt", Placing = null, Script = "mkdir adopted; mv store/b adopted/tree", Order = "adopt new ADOPTED", Target = "new", Seal = Seals, Clean = "remove new", Again = "adopt new ADOPTED" },
        new() { Name = "run", Placing = null, Script = Startable, Order = "run a", Seal = Seals, Configure = Runs },
        new() { Name = "settle", Placing = "renameat2", Script = Delta, Order = "settle a", Seal = Seals },
        new() { Name = "discard", Placing = "unlinkat", Script = Delta, Order = "discard a", Seal = Seals },
    ];

    /// <summary>What a guest may have left in its delta: every way of an overlay to write down a change.</summary>
    private const string Delta = """
        mkdir -p store/a/opt/{moved/sub/in,hidden,gone,left,right,looks,mixed}
        for name in moved/one moved/sub/two moved/sub/in/five hidden/three gone/four left/six right/seven looks/eight mixed/nine mixed/ten; do echo $name >store/a/opt/$name; done
        mknod store/a/opt/node c 1 3; setfattr -n trusted.overlay.overlay.note -v kept store/a/opt/node store/a/opt/looks; find store/a/opt -exec touch -d @1700.75 {} +; touch -d @2000.5 store/a
        mkdir -p store/.vserver/delta/a/{upper,work}; cd store/.vserver/delta/a/upper
        mkdir -p usr/lib usr/bin opt/{elsewhere/sub,hidden} new/folder
        echo changed >usr/lib/one; chmod 4711 usr/lib/one; mknod usr/bin/tool c 0 0; mknod opt/gone c 0 0; mknod opt/moved c 0 0
        setfattr -n trusted.overlay.redirect -v /opt/moved opt/elsewhere; setfattr -n trusted.overlay.opaque -v y opt/hidden
        echo more >opt/elsewhere/more; mknod opt/elsewhere/one c 0 0; echo below >opt/elsewhere/sub/below; echo seen >opt/hidden/seen
        mkdir -p opt/{left,right,looks,mixed} opt/elsewhere/out; mknod opt/elsewhere/sub/in c 0 0
        setfattr -n trusted.overlay.redirect -v /opt/moved/sub/in opt/elsewhere/out
        setfattr -n trusted.overlay.redirect -v right opt/left; setfattr -n trusted.overlay.redirect -v left opt/right; echo seven too >opt/left/seven
        chmod 2711 opt/looks; chown 7:8 opt/looks; setfattr -n user.note -v x opt/looks; setfattr -n trusted.overlay.overlay.note -v kept opt/looks; setfacl -d -m u:1:r opt/looks
        mknod opt/node c 1 3; chmod 600 opt/node; setfattr -n trusted.overlay.overlay.note -v kept opt/node; setfattr -n trusted.overlay.origin -v o opt/node
        : >opt/mixed/nine; setfattr -n trusted.overlay.whiteout -v y opt/mixed/nine; setfattr -n trusted.overlay.opaque -v x opt/mixed
        echo able >usr/bin/able; setcap cap_chown+ep usr/bin/able; ln usr/bin/able opt/able; setfacl -m u:1:r usr/bin/able; setfattr -n trusted.overlay.origin -v o usr/bin/able
        echo leaf >new/folder/leaf; ln new/folder/leaf new/again; ln -s /no/where new/link; mkfifo new/pipe; echo odd >new/$'a\nb\xff'
        find . -exec touch -h -d @3000.5 {} +
        """;

    /// <summary>The one of that name.</summary>
    public static Scenario Find(string name) => All.First(scenario => scenario.Name == name);

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Changes the store before the work, with a shell.</summary>
    public string Script { get; init; } = "true";

    /// <summary>Work done before, undisturbed.</summary>
    public IReadOnlyList<string> Prepare { get; init; } = [];

    /// <summary>The work that is broken off.</summary>
    public required string Order { get; init; }

    /// <summary>Seals what is sealed when the work begins.</summary>
    public required string Seal { get; init; }

    /// <summary>The call that puts files in their place, or takes them away; null where there are but few.</summary>
    public string? Placing { get; init; } = "renameat";

    /// <summary>Completes the configuration of a guest.</summary>
    public Func<GuestConfig, GuestConfig> Configure { get; init; } = static config => config;

    /// <summary>What the tracer does besides.</summary>
    public string Also { get; init; } = "";

    /// <summary>The guest that the work makes or removes; null where it changes guests that stay.</summary>
    public string? Target { get; init; }

    /// <summary>What a user does first when the guest is there and incomplete, or should not be there.</summary>
    public string? Clean { get; init; }

    /// <summary>What a user does then, when the guest is not there and should be; the work itself where nothing is made or removed.</summary>
    public string? Again { get; init; }

    /// <summary>True where chance says which names become one inode: which file a second generation is made of, which link was refused so that a copy was made.</summary>
    public bool IsSharedByChance => Also.Length > 0 || Name is "copy" or "new";

    /// <summary>True for names of one inode in a guest that an undo, broken off between the two, leaves as equal files of their own.</summary>
    public bool IsSplit(string path) => Name.StartsWith("undo", StringComparison.Ordinal) && path.StartsWith("a/usr/share/twin", StringComparison.Ordinal);

    /// <summary>True when the work is to look at every guest as before.</summary>
    public bool KeepsViews => Target is null && Name is not ("settle" or "run");

    /// <summary>Makes the store that every attempt starts from.</summary>
    public string BuildScript => $"{Trees}\ncp -a ref tpl; cd ..\n{Script}";

    /// <summary>True for the trees that must look as before at any instant.</summary>
    public bool IsUntouched(string tree) => KeepsViews || tree != (Target ?? "a");

    /// <summary>True for what is another one with each run: the identity that a new guest gets, and the folders it is written to.</summary>
    public bool IsNew(string path) => Name is "new" or "copy" && path is "new/etc" or "new/etc/hostname" or "new/etc/hosts" or "new/etc/machine-id";

    /// <inheritdoc/>
    public override string ToString() => Name;

    // The start ends when its program has.
    private static GuestConfig Runs(GuestConfig config) => config with { Init = InitStyle.Script, Command = ["/usr/bin/change"], IdBase = 1_500_000_000 };
}
