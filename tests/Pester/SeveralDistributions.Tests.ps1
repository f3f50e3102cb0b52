# Three systems that have nothing in common on one kernel at once, each as it is used to living: a Debian with systemd, a root of rpm
# packages with run levels, and a busybox with a start script. Looked at from inside each.

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/debian.ps1
    $store = New-TestStore

    function Add-Page([string]$Tree, [string]$Name) {
        $null = New-Item -ItemType Directory "$Tree/srv/$Name"
        Set-Content "$Tree/srv/$Name/index.html" "this is $Name"
    }

    function New-DebianServer([string]$Path) {
        New-DebianTree $Path systemd-sysv, dbus
        Invoke-Tool chroot $Path useradd -u 1001 debby
        Add-Page $Path debian
        Set-Content "$Path/usr/local/sbin/web" @'
use IO::Socket::INET;
my $port = IO::Socket::INET->new(LocalAddr => '127.0.0.1:80', Listen => 5, ReuseAddr => 1) or die $!;
while (my $client = $port->accept) {
    while (<$client>) { last if /^\r?\n$/ }
    open my $page, '<', "$ARGV[0]/index.html" or die $!;
    print $client "HTTP/1.0 200 OK\r\n\r\n", <$page>;
    close $client;
}
'@
        Set-Content "$Path/etc/systemd/system/web.service" '[Service]', 'ExecStart=/usr/bin/perl /usr/local/sbin/web /srv/debian', '[Install]', 'WantedBy=multi-user.target'
        Invoke-Tool ln -s ../web.service "$Path/etc/systemd/system/multi-user.target.wants/web.service"
    }

    # A package of all that is below a folder.
    function New-RpmPackage([string]$Name, [string]$Content) {
        Set-Content "$work/$Name.spec" @"
%define __os_install_post %{nil}
%define debug_package %{nil}
Name: $Name
Version: 1
Release: 1
Summary: a part of a system
License: none
AutoReqProv: no
%description
A part of a system.
%install
cp -a $Content/. %{buildroot}
%files
$((Get-ChildItem $Content -Name | ForEach-Object { "/$_" }) -join "`n")
"@
        Invoke-Tool rpmbuild -bb --quiet --define "_topdir $work/top" "$work/$Name.spec"
    }

    function New-RpmTree([string]$Path) {
        New-TestTree "$work/base"
        Set-Content "$work/base/etc/os-release" 'NAME="Packages of rpm"', 'ID=rpmish', 'VERSION_ID=1'
        Set-Content "$work/base/etc/passwd" "root:x:0:0:root:/root:/bin/sh`nruby:x:1001:1001::/tmp:/bin/sh"
        Set-Content "$work/base/etc/group" "root:x:0:`nruby:x:1001:"
        $null = New-Item -ItemType Directory "$work/webd/usr/sbin", "$work/webd/etc/rc.d/rc3.d", "$work/webd/etc/rc.d/rc6.d", "$work/webd/srv", "$work/webd/var/log"
        Invoke-Tool cp -L (Get-Command busybox -CommandType Application)[0].Source "$work/webd/usr/sbin/busybox"
        Add-Page "$work/webd" rpmish
        Set-Content "$work/webd/etc/rc.d/rc3.d/S80webd" '#!/bin/sh', '[ "$1" = start ] && exec /usr/sbin/busybox httpd -p 127.0.0.1:80 -h /srv/rpmish'
        Set-Content "$work/webd/etc/rc.d/rc6.d/K20webd" '#!/bin/sh', 'echo "$1 $RUNLEVEL" > /var/log/webd; /usr/sbin/busybox killall busybox'
        Invoke-Tool chmod -R 755 "$work/webd"
        New-RpmPackage base "$work/base"
        New-RpmPackage webd "$work/webd"
        $null = New-Item -ItemType Directory $Path
        Invoke-Tool sh -c 'exec rpm --root "$1" --dbpath /var/lib/rpm --define "_rpmlock_path /var/lib/rpm/.rpm.lock" --nodeps --nosignature -i "$2"/top/RPMS/*/*.rpm' sh $Path $work
    }

    function New-BusyboxTree([string]$Path) {
        $null = New-Item -ItemType Directory "$Path/bin", "$Path/etc", "$Path/srv", "$Path/tmp", "$Path/root", "$Path/dev", "$Path/proc", "$Path/sys", "$Path/run", "$Path/var"
        Invoke-Tool cp -L (Get-Command busybox -CommandType Application)[0].Source "$Path/bin/busybox"
        Invoke-Tool sh -c 'for name in $(busybox --list); do [ -e "$1/bin/$name" ] || ln -s busybox "$1/bin/$name"; done' sh $Path
        Set-Content "$Path/etc/os-release" 'NAME=Busybox', 'ID=busybox'
        Set-Content "$Path/etc/passwd" "root:x:0:0:root:/root:/bin/sh`nbessie:x:1001:1001::/tmp:/bin/sh"
        Set-Content "$Path/etc/group" "root:x:0:`nbessie:x:1001:"
        Add-Page $Path busybox
        Set-Content "$Path/etc/start" '#!/bin/sh', 'httpd -p 127.0.0.1:80 -h /srv/busybox'
        Set-Content "$Path/etc/stop" '#!/bin/sh', 'echo stopped > /var/stopped'
        Invoke-Tool chmod 755 "$Path/etc/start" "$Path/etc/stop"
    }

    # A guest's server as the host sees it: of one of the guest's ids, since others may have processes that are called so.
    function Get-Server([string]$Name) {
        $base = (Get-VServer $Name).IdBase
        pgrep -f "/srv/$Name" | Where-Object { $owner = [long](stat -c %u "/proc/$_" 2>$null); $owner -ge $base -and $owner -lt $base + 65536 }
    }

    $work = "$store/.work"
    $null = New-Item -ItemType Directory $work
    New-BusyboxTree "$store/.busybox"
    New-RpmTree "$store/.rpmish"
    New-DebianServer "$store/.debian"
    $null = New-VServer debian -Path "$store/.debian" -Init Systemd -HostName jessie.example
    $null = New-VServer rpmish -Path "$store/.rpmish" -Init SysV -HostName ruby.example
    $null = New-VServer busybox -Path "$store/.busybox" -Init Script -Command /etc/start -StopCommand /etc/stop -HostName box.example
    $names = 'debian', 'rpmish', 'busybox'
    $user = @{ debian = 'debby'; rpmish = 'ruby'; busybox = 'bessie' }
    $hosts = @{ debian = 'jessie.example'; rpmish = 'ruby.example'; busybox = 'box.example' }
    $fetch = @{
        debian  = '/bin/bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/80; printf "GET / HTTP/1.0\r\n\r\n" >&3; cat <&3'
        rpmish  = '/bin/bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/80; printf "GET / HTTP/1.0\r\n\r\n" >&3; cat <&3'
        busybox = '/bin/sh', '-c', 'wget -qO- http://127.0.0.1/'
    }
    $null = Start-VServer $names
}

AfterAll { Remove-TestStore $store }

Describe 'Several distributions on one kernel' {
    It 'AllAtOnce_RunEachInItsOwnStyle' {
        (Get-VServer $names).State | ForEach-Object ToString | Should -Be 'Running', 'Running', 'Running'
        Wait-Until { (Invoke-VServerCommand debian -ArgumentList systemctl, is-active, multi-user.target -ErrorAction Ignore) -eq 'active' } -Seconds 240 -What 'multi-user.target'
        Invoke-VServerCommand debian { cat /proc/1/comm } | Should -Be 'systemd'
        (Get-VServer $names).Init | ForEach-Object ToString | Sort-Object | Should -Be 'Script', 'Systemd', 'SysV'
        $kernels = $names | ForEach-Object { Invoke-VServerCommand $_ -ArgumentList cat, /proc/sys/kernel/osrelease }
        @($kernels | Sort-Object -Unique) | Should -HaveCount 1
    }

    It 'Each_IsItsOwnSystem' {
        foreach ($name in $names) {
            $id = Invoke-VServerCommand $name -ArgumentList cat, /etc/os-release | Select-String '^ID=(.*)'
            $id.Matches[0].Groups[1].Value | Should -Be $name
            Invoke-VServerCommand $name -ArgumentList hostname | Should -Be $hosts[$name]
        }
        (Get-VServerPackage rpmish).Package | Sort-Object | Should -Be 'base', 'webd'
        (Get-VServerPackage debian).Package | Should -Contain 'systemd'
    }

    It 'OneUserNumber_IsAnotherUserInEach' {
        foreach ($name in $names) {
            Invoke-VServerCommand $name -User 1001 -ArgumentList id, -un | Should -Be $user[$name]
            foreach ($other in $names -ne $name) {
                Invoke-VServerCommand $name -User $user[$other] -ArgumentList id -ErrorAction SilentlyContinue -ErrorVariable failure | Should -BeNullOrEmpty
                "$failure" | Should -Match $user[$other]
            }
        }
    }

    It 'Each_SeesNoProcessOfTheOthers' {
        foreach ($name in $names) {
            $seen = Invoke-VServerCommand $name -ArgumentList /bin/sh, -c, 'for p in /proc/[0-9]*; do echo "$(cat $p/cmdline 2>/dev/null)"; done' | ForEach-Object { $_ -replace "`0", ' ' }
            "$seen" | Should -Match "/srv/$name"
            foreach ($other in $names -ne $name) { "$seen" | Should -Not -Match "/srv/$other" }
        }
        # On the host there are all of them, each of a user of its own.
        $owners = foreach ($name in $names) { stat -c %u "/proc/$(@(Get-Server $name)[0])" }
        @($owners | Sort-Object -Unique) | Should -HaveCount 3
        $owners | Should -Not -Contain '0'
    }

    It 'OnePort_IsServedInEachByItsOwn' {
        foreach ($name in $names) {
            Wait-Until { "$(Invoke-VServerCommand $name -ArgumentList cat, /proc/net/tcp)" -match '0100007F:0050 00000000:0000 0A' } -What "port 80 in $name"
            @(Invoke-VServerCommand $name -ArgumentList $fetch[$name])[-1] | Should -Be "this is $name"
        }
    }

    It 'AFileOfOne_IsNoFileOfTheOthers' {
        Invoke-VServerCommand busybox { echo mine > /tmp/mark; echo 1 > /etc/os-release }
        foreach ($name in 'debian', 'rpmish') {
            Invoke-VServerCommand $name -ArgumentList cat, /tmp/mark -ErrorAction Ignore | Should -BeNullOrEmpty
            "$(Invoke-VServerCommand $name -ArgumentList cat, /etc/os-release)" | Should -Match "ID=$name"
        }
    }

    It 'Stopped_EachEndsInItsOwnStyle' {
        $results = Stop-VServer $names -TimeoutSec 120
        $results.Step | ForEach-Object ToString | Sort-Object -Unique | Should -Be 'Signal'
        Get-Content "$store/rpmish/var/log/webd" | Should -Be 'stop 6'
        Get-Content "$store/busybox/var/stopped" | Should -Be 'stopped'
        foreach ($name in $names) { Get-Server $name | Should -BeNullOrEmpty }
    }
}
