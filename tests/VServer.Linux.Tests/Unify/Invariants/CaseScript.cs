using System.Text;

namespace VServer.Linux.Tests.Unify.Invariants;

/// <summary>The shell script that makes the trees of a case, one program for all names of a kind.</summary>
internal sealed class CaseScript
{
    public const string Simplest = "100";

    private readonly StringBuilder script = new();
    private readonly List<(string Name, TreeItem Item)> names;

    private CaseScript(UnifyCase made)
    {
        names = [.. Enumerable.Range(0, made.Guests).SelectMany(guest => made.Tree(guest).Values.Select(item => (At(guest, item.Path), item)))];
        script.AppendLine("chattr -R -i ref a b 2>/dev/null || true; rm -rf ref a b .vserver/cache/digests; mkdir ref a b");
        MakeNames(made);
        SetLooks();
    }

    /// <summary>What files hold, and how the shell writes it into many.</summary>
    public static IReadOnlyDictionary<string, string> Contents { get; } = new Dictionary<string, string>
    {
        [Simplest] = "printf 'x%.0s' {1..100} | tee NAMES >/dev/null",
        ["100-other"] = "{ printf 'x%.0s' {1..99}; printf y; } | tee NAMES >/dev/null",
        ["empty"] = ": | tee NAMES",
        ["5000"] = "printf 'x%.0s' {1..5000} | tee NAMES >/dev/null",
        ["5000-other"] = "{ printf y; printf 'x%.0s' {1..4999}; } | tee NAMES >/dev/null",
        ["zeros"] = "head -c 20000 /dev/zero | tee NAMES >/dev/null",
        ["hole"] = "truncate -s 20000 NAMES",
        ["hole-end"] = "truncate -s 19997 NAMES; printf end | tee -a NAMES >/dev/null",
    };

    public static string Of(UnifyCase made) => new CaseScript(made).script.ToString();

    private static string At(int guest, string path) => $"$'{UnifyCase.Names[guest]}/{path}'";

    private void MakeNames(UnifyCase made)
    {
        Add("mkdir -p NAMES", Of(ItemKind.Folder));
        foreach ((string content, string command) in Contents)
        {
            Add(command, Of(ItemKind.File).Where(file => file.Item.Value == content));
        }

        Add("mkfifo NAMES", Of(ItemKind.Fifo));
        foreach ((string name, TreeItem item) in Of(ItemKind.Link))
        {
            script.AppendLine($"ln -s '{item.Value}' {name}");
        }

        for (int guest = 0; guest < made.Guests; guest++)
        {
            foreach (TreeItem item in made.Tree(guest).Values.Where(static item => item.Kind == ItemKind.Hard))
            {
                script.AppendLine($"ln {At(guest, item.Value)} {At(guest, item.Path)}");
            }
        }
    }

    // Owner before mode, which it takes set-id bits from; the time when nothing else changes any more; the seal last.
    private void SetLooks()
    {
        Each(static looks => looks.Owner, "chown -h VALUE NAMES", All(ItemKind.Folder, ItemKind.File, ItemKind.Fifo, ItemKind.Link));
        Each(static looks => looks.Mode, "chmod VALUE NAMES", All(ItemKind.Folder, ItemKind.File, ItemKind.Fifo));
        Each(static looks => looks.Attribute == "user.x=1" ? "1" : looks.Attribute == "user.x=2" ? "2" : "", "setfattr -n user.x -v VALUE NAMES", All(ItemKind.Folder, ItemKind.File));
        Add("setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 NAMES", Of(ItemKind.File).Where(static file => file.Item.Looks.Attribute == "capability"));
        Add("setfacl -m u:1:r NAMES", All(ItemKind.Folder, ItemKind.File).Where(static file => file.Item.Looks.Attribute == "acl"));
        Each(static looks => looks.Time.Length == 0 ? "@1000000000.123456789" : looks.Time, "touch -h -d VALUE NAMES", All(ItemKind.Folder, ItemKind.File, ItemKind.Fifo, ItemKind.Link));
        Add("chattr +i NAMES", Of(ItemKind.File).Where(static file => file.Item.Looks.Sealed));
    }

    private IEnumerable<(string Name, TreeItem Item)> Of(ItemKind kind) => All(kind);

    private IEnumerable<(string Name, TreeItem Item)> All(params ItemKind[] kinds) => names.Where(name => kinds.Contains(name.Item.Kind));

    private void Each(Func<ItemLooks, string> value, string command, IEnumerable<(string Name, TreeItem Item)> of)
    {
        foreach (IGrouping<string, (string Name, TreeItem Item)> group in of.GroupBy(name => value(name.Item.Looks)).Where(static group => group.Key.Length > 0))
        {
            Add(command.Replace("VALUE", group.Key, StringComparison.Ordinal), group);
        }
    }

    private void Add(string command, IEnumerable<(string Name, TreeItem Item)> of)
    {
        string list = string.Join(' ', of.Select(static name => name.Name));
        if (list.Length > 0)
        {
            script.AppendLine(command.Replace("NAMES", list, StringComparison.Ordinal));
        }
    }
}
