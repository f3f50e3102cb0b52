using VServer.Linux.Tests.Trees;

namespace VServer.Linux.Tests.Packages;

/// <summary>Real packages, made by rpmbuild, and a root in which rpm has installed them; made once for all tests of a class.</summary>
public sealed class RpmRoots : IDisposable
{
    private const string Build = """
        mkdir spec
        for version in 1.0 1.1
        do
            cat > "spec/alpha-$version.spec" <<END
        Name: alpha
        Epoch: 2
        Version: $version
        Release: 3
        Summary: a test
        License: none
        BuildArch: noarch
        %description
        A test.
        %install
        mkdir -p %{buildroot}/usr/bin %{buildroot}/usr/share/alpha %{buildroot}/usr/share/doc/alpha
        echo "program $version" >%{buildroot}/usr/bin/alpha
        echo setting >%{buildroot}/usr/share/alpha/alpha.conf
        echo text >%{buildroot}/usr/share/doc/alpha/README
        echo odd >"%{buildroot}/usr/share/alpha/it's odd"
        %files
        /usr/bin/alpha
        %dir /usr/share/alpha
        %config(noreplace) /usr/share/alpha/alpha.conf
        %doc /usr/share/doc/alpha/README
        %ghost /usr/share/alpha/cache
        "/usr/share/alpha/it's odd"
        END
        done
        cat > spec/beta.spec <<END
        Name: beta
        Version: 1
        Release: 1
        Summary: a test
        License: none
        BuildArch: noarch
        %description
        A test.
        %install
        mkdir -p %{buildroot}/usr/share/beta
        for i in \$(seq 20); do echo "note \$i" >%{buildroot}/usr/share/beta/note\$i; done
        %files
        /usr/share/beta
        END
        printf 'Name: empty\nVersion: 1\nRelease: 1\nSummary: a test\nLicense: none\nBuildArch: noarch\n%%description\nA test.\n%%files\n' >spec/empty.spec
        rpmbuild -bb --quiet --define "_topdir $PWD/top" --define 'use_source_date_epoch_as_buildtime 1' spec/*.spec >&2
        mkdir root
        rpm --root "$PWD/root" --dbpath /var/lib/rpm --define '_rpmlock_path /var/lib/rpm/.rpm.lock' --nodeps --nosignature -i top/RPMS/noarch/{alpha-1.0,beta,empty}-*.rpm
        """;

    // rpmpkg.c of rpm's source has the form; Debian's rpm can neither write nor read it.
    private const string Convert = """
        rpmdb --dbpath "$PWD/$1/var/lib/rpm" --exportdb | perl -MCompress::Zlib -e '
            binmode STDIN; local $/; my $all = <STDIN>; my (@headers, $slots, $blobs); my $block = 256;
            for (my $at = 0; $at < length $all; ) {
                my ($entries, $data) = unpack "NN", substr $all, $at + 8, 8;
                push @headers, substr $all, $at + 8, 8 + 16 * $entries + $data;
                $at += 16 + 16 * $entries + $data;
            }
            for my $number (1 .. @headers) {
                my $size = length $headers[$number - 1];
                my $blob = pack("a4VVV", "BlbS", $number, 1, $size) . $headers[$number - 1];
                my $sum = adler32($blob);
                $blob .= "\0" while (12 + length $blob) % 16;
                $blob .= pack "VVa4", $sum, $size, "BlbE";
                $slots .= pack "a4VVV", "Slot", $number, $block, length($blob) / 16;
                $block += length($blob) / 16;
                $blobs .= $blob;
            }
            $slots .= pack "a4VVV", "Slot", 0, 0, 0 while length $slots < 4096 - 32;
            print pack("a4VVVVx12", "RpmP", 0, 2, 1, 1 + @headers), $slots, $blobs;' >"$1/Packages.db"
        rm -f "$1"/var/lib/rpm/*
        mkdir -p "$1/usr/lib/sysimage/rpm"; mv "$1/Packages.db" "$1/usr/lib/sysimage/rpm/"
        """;

    public RpmRoots()
    {
        Path = Shell.Run("mktemp -d /var/tmp/vserver-rpm-XXXXXX");
        if (new RpmFactAttribute().Skip is null)
        {
            Shell.Run(Build, Path);
        }
    }

    /// <summary>The folder it all is in: <c>root</c>, and the packages below <c>top/RPMS/noarch</c>.</summary>
    public string Path { get; }

    /// <summary>Gives a root's database the form that openSUSE has, in its place there.</summary>
    public static string ToNdb(string root) => $"set -- {root}\n{Convert}";

    public void Dispose() => Shell.Run($"rm -rf '{Path}'");
}
