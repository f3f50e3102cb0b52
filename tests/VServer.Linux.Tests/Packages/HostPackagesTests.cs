using System.Text;
using VServer.Linux.Tests.Trees;
using VServer.Linux.Trees;
using VServer.Packages;
using VServer.Ports;
using Xunit;

namespace VServer.Linux.Tests.Packages;

public sealed class HostPackagesTests : IDisposable
{
    private readonly IFolder root = new LinuxTreeHost().OpenSystem("/");

    [DpkgFact]
    public void Packages_ThisHost_AreWhatDpkgSays()
    {
        string expected = Shell.Run("dpkg-query -W -f '${db:Status-Abbrev} ${Package} ${Version} ${Architecture}\\n' | sed -n 's/^.i  //p' | LC_ALL=C sort");
        IEnumerable<string> ours = Database().Packages.Select(package => $"{package.Name} {package.Version} {package.Architecture}").Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join('\n', ours));
    }

    [DpkgFact]
    public void FilesOf_ThisHost_AreWhatDpkgSays()
    {
        IPackageDatabase database = Database();
        foreach (InstalledPackage package in database.Packages.Where(package => package.Name is "bash" or "dash" or "dpkg" or "libc6" or "coreutils"))
        {
            string name = package.Architecture == "all" ? package.Name : $"{package.Name}:{package.Architecture}";
            string expected = Shell.Run($"dpkg -L {name} | grep -v -e '^/\\.$' -e ' to: '");
            string diverted = Shell.Run($"dpkg -L {name} | sed -n 's/^diverted by [^ ]* to: //p'");
            string[] files = [.. database.FilesOf(package).Select(path => "/" + Encoding.UTF8.GetString(path.Bytes))];
            Assert.Equal(expected.Split('\n').Length, files.Length);
            Assert.All(diverted.Split('\n', StringSplitOptions.RemoveEmptyEntries), path => Assert.Contains(path, files));
        }
    }

    [DpkgFact]
    public void ConfigurationFilesOf_ThisHost_AreWhatDpkgSays()
    {
        IPackageDatabase database = Database();
        string expected = Shell.Run("dpkg-query -W -f '${Conffiles}\\n' | awk 'NF { print $1 }' | LC_ALL=C sort");
        IEnumerable<string> ours = database.Packages.SelectMany(database.ConfigurationFilesOf).Select(path => path.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(expected, string.Join('\n', ours));
    }

    [DpkgFact]
    public void Select_ThisHost_LeavesNoNeedUnmetInTheEyesOfApt()
    {
        IPackageSource source = Assert.IsAssignableFrom<IPackageSource>(Database());
        using TestTree tree = new();
        tree.Run("mkdir -p var/lib/dpkg etc/apt");
        source.WriteTo(tree.Root, source.Select(["bash", "apt", "perl"]), CancellationToken.None);

        tree.Run("apt-get check -qq -o Dir=\"$PWD\" -o Dir::State::status=\"$PWD/var/lib/dpkg/status\" -o Dir::Etc=\"$PWD/etc/apt\" -o Debug::NoLocking=1");
    }

    public void Dispose() => root.Dispose();

    private IPackageDatabase Database() => HostRpm.Reader().TryRead(root, "host")!; // Debian's always has one.
}
