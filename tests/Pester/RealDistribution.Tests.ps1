# Two real Debian roots, made by debootstrap: adopted, unified, undone, run; every file looked at by programs that are not ours.

BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/debian.ps1
    $store = New-TestStore

    # Every name with type, mode, owner, size, times and link target, every file's digest and every extended attribute.
    function Get-View {
        param([string]$Path)
        $names = sh -c 'cd "$1" && find . -type d -printf "%p %y %m %U %G %T@\0" -o -printf "%p %y %m %U %G %s %T@ %l\0" | sort -z | tr "\0" "\n"' sh $Path
        $digests = sh -c 'cd "$1" && find . -type f -print0 | sort -z | xargs -0 sha256sum' sh $Path
        $attributes = sh -c 'cd "$1" && find . -print0 | sort -z | xargs -0 getfattr -h -d -m - 2>/dev/null' sh $Path
        @($names) + @($digests) + @($attributes) -join "`n"
    }

    # Each made by a debootstrap of its own, with inodes and times of its own.
    New-DebianTree "$store/.one" systemd-sysv, dbus
    New-DebianTree "$store/.two"
    # A local patch of a packaged file, of the same length and time: it must stay, and be reported.
    sh -c 'f=$1/usr/bin/yes; printf X | dd of="$f" bs=1 seek=64 conv=notrunc status=none; touch -r "$2/usr/bin/yes" "$f"' sh "$store/.two" "$store/.one"
    $one = Get-View "$store/.one"
    $two = Get-View "$store/.two"
    $null = New-VServer one -Path "$store/.one"
    $null = New-VServer two -Path "$store/.two"
}

AfterAll { Remove-TestStore $store }

Describe 'Two real Debian roots' {
    It 'Adopted_AreAsDebootstrapLeftThem' {
        Get-View "$store/one" | Should -BeExactly $one
        Get-View "$store/two" | Should -BeExactly $two
    }

    It 'Unified_ShareTheirPackagesAndLookAsBefore' {
        $result = Invoke-VServerUnify two -Reference one -Package ALL
        $result.Linked | Should -BeGreaterThan 3000
        $result.SavedBytes | Should -BeGreaterThan 50MB
        $result.Skipped['Configuration'] | Should -BeGreaterThan 0
        Get-View "$store/one" | Should -BeExactly $one
        Get-View "$store/two" | Should -BeExactly $two
        stat -c %i "$store/two/usr/bin/perl" | Should -Be (stat -c %i "$store/one/usr/bin/perl")
    }

    It 'LocallyPatchedFile_IsReportedAndStays' {
        $file = Invoke-VServerUnify two -Reference one -Detailed | Where-Object { $_ -is [VServer.UnifyFile] -and "$($_.Path)" -eq '/usr/bin/yes' }
        $file.Shared | Should -BeFalse
        $file.Reason | Should -Be 'ContentDiffers'
        stat -c %i "$store/two/usr/bin/yes" | Should -Not -Be (stat -c %i "$store/one/usr/bin/yes")
    }

    It 'Measured_TheSharedPartIsMostOfItAndTheSumIsDus' {
        $usage = Measure-VServer two
        $usage.SharedBytes | Should -BeGreaterThan $usage.ExclusiveBytes
        $usage.TotalBytes | Should -Be ([long]((du -s --block-size=1 "$store/two") -split '\s')[0])
    }

    It 'Started_RunsItsOwnPackageManagerAndLeavesTheOtherAsItWas' {
        Start-VServer two
        $state = Invoke-VServerCommand two -ArgumentList dpkg, --audit
        $LASTEXITCODE | Should -Be 0
        $state | Should -BeNullOrEmpty
        Invoke-VServerCommand two { set -e; chmod 700 /usr/bin/tac; echo '# mine' >> /usr/bin/tac; dpkg -r --force-all --no-triggers tzdata >/dev/null 2>&1 || true; rm /usr/bin/pr }
        $LASTEXITCODE | Should -Be 0
        $null = Stop-VServer two
        Get-View "$store/one" | Should -BeExactly $one
        stat -c %a "$store/two/usr/bin/tac" | Should -Be '700'
        Test-Path "$store/two/usr/bin/pr" | Should -BeFalse
    }

    It 'Undone_SharesNothingAndLooksTheSame' {
        $before = Get-View "$store/two"
        $result = Invoke-VServerUnify two -Undo
        $result.Copied | Should -BeGreaterThan 3000
        Get-View "$store/two" | Should -BeExactly $before
        Get-View "$store/one" | Should -BeExactly $one
        (Measure-VServer two).SharedBytes | Should -Be 0
    }

    It 'Systemd_BootsToMultiUserRebootsAndHalts' {
        Set-VServer one -Init Systemd
        Start-VServer one
        $booted = { (Invoke-VServerCommand one -ArgumentList systemctl, is-active, multi-user.target -ErrorAction Ignore) -eq 'active' }
        Wait-Until $booted -Seconds 120 -What 'multi-user.target'
        Invoke-VServerCommand one { cat /proc/1/comm } | Should -Be 'systemd'
        Invoke-VServerCommand one -ArgumentList systemctl, list-units, --failed, --plain, --no-legend | Should -BeNullOrEmpty
        $null = Invoke-VServerCommand one -ArgumentList systemctl, reboot -AsResult
        Wait-Until { (Get-VServer one).Restarts -eq 1 } -Seconds 120 -What 'the restart'
        Wait-Until $booted -Seconds 120 -What 'multi-user.target after the restart'
        (Stop-VServer one -TimeoutSec 60).Step | Should -Be 'Signal'
        (Get-VServer one).State | Should -Be 'Stopped'
    }
}

Describe 'Copies of a real Debian root' {
    BeforeAll {
        # What a Debian that has lived has of its own.
        $identity = '/etc/ssh/ssh_host_ed25519_key', '/etc/ssh/ssh_host_ed25519_key.pub', '/var/lib/systemd/random-seed', '/var/lib/dhcp/dhclient.eth0.leases', '/var/log/journal/0123/system.journal', '/var/log/syslog.1'
        foreach ($path in $identity) {
            $null = New-Item -ItemType Directory -Force (Split-Path "$store/one$path")
            Set-Content "$store/one$path" 'a secret of one'
        }
        Set-Content "$store/one/var/log/syslog" 'the history of one'
        Set-Content "$store/one/etc/machine-id" '0123456789abcdef0123456789abcdef'
        Set-Content "$store/one/etc/hostname" 'one'
        $plan = Copy-VServer one copy1, copy2 -WhatIf
        $results = Copy-VServer one copy1, copy2
    }

    It 'Copied_TheNumbersAreThoseOfWhatIfAndOfTheTree' {
        foreach ($index in 0, 1) {
            $result = $results[$index]
            foreach ($number in 'DirectoriesMade', 'FilesCopied', 'BytesCopied', 'FilesLinked', 'SymbolicLinks', 'SpecialFiles', 'FilesWritten', 'LeftOut') {
                $plan[$index].$number | Should -Be $result.$number
            }
            $tree = "$store/$($result.Guest)"
            $result.DirectoriesMade | Should -Be @(find $tree -type d).Count
            $result.SymbolicLinks | Should -Be @(find $tree -type l).Count
            $result.FilesLinked + $result.FilesCopied + $result.FilesWritten | Should -Be @(find $tree -type f).Count
            $result.FilesLinked | Should -BeGreaterThan 3000
        }
    }

    It 'Copied_NoTwoShareWhatTellsSystemsApart' {
        foreach ($name in 'copy1', 'copy2') {
            $identity | ForEach-Object { Test-Path "$store/$name$_" } | Should -Not -Contain $true
            (Get-Item "$store/$name/var/log/syslog").Length | Should -Be 0
            Get-Content "$store/$name/etc/hostname" | Should -Be $name
        }
        $ids = 'one', 'copy1', 'copy2' | ForEach-Object { Get-Content "$store/$_/etc/machine-id" }
        @($ids | Sort-Object -Unique) | Should -HaveCount 3
        $ids | Should -Match '^[0-9a-f]{32}$'
        sh -c 'cd "$1" && grep -rl "secret of one\|history of one" copy1 copy2' sh $store | Should -BeNullOrEmpty
    }

    It 'Copied_EachRunsAndItsPackageManagerFindsNothingWrong' {
        Start-VServer copy1, copy2
        foreach ($name in 'copy1', 'copy2') {
            Invoke-VServerCommand $name -ArgumentList hostname | Should -Be $name
            Invoke-VServerCommand $name -ArgumentList dpkg, --audit | Should -BeNullOrEmpty
            $LASTEXITCODE | Should -Be 0
            Invoke-VServerCommand $name { rm /usr/bin/tac; echo mine >> /usr/bin/tail }
        }
        $null = Stop-VServer copy1, copy2
        Test-Path "$store/one/usr/bin/tac" | Should -BeTrue
        stat -c %i "$store/copy1/usr/bin/head" | Should -Be (stat -c %i "$store/one/usr/bin/head")
        stat -c %s "$store/copy2/usr/bin/tail" | Should -Not -Be (stat -c %s "$store/one/usr/bin/tail")
    }
}
