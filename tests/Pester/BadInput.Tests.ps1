# What users, disks and hostile trees may do wrong: one error with its id, and nothing is changed.

BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerTemplate ref -FromHost -Package bash
    $mounts = [Collections.Generic.List[string]]::new()

    function Mount-Memory {
        param([string]$Size)
        $path = mktemp -d /var/tmp/vserver-test.XXXXXX
        mount -t tmpfs -o "size=$Size,mode=700" vserver-test $path
        $mounts.Add($path)
        $path
    }
}

AfterAll {
    foreach ($path in $mounts) { umount $path; Remove-Item $path -Force }
    Remove-TestStore $store
}

Describe 'A store' {
    It 'ReadOnly_IsAnError' {
        $path = Mount-Memory 4m
        mount -o remount,ro $path
        { New-VServerTemplate other -FromHost -Package bash -Store $path -ErrorAction Stop } | Should -Throw -ErrorId 'StoreReadOnly,VServer.Commands.NewVServerTemplateCommand'
    }

    It 'Full_IsAnErrorAndTakenBack' {
        $path = Mount-Memory 4m
        { New-VServerTemplate other -FromHost -Package bash -Store $path -ErrorAction Stop } | Should -Throw -ErrorId 'StoreFull,VServer.Commands.NewVServerTemplateCommand'
        Get-VServerTemplate -Store $path | Should -BeNullOrEmpty
        Get-ChildItem $path | Should -BeNullOrEmpty
    }

    It 'AFile_IsAnError' {
        $file = "$store/.file"
        Set-Content $file ''
        { Get-VServer -Store $file -ErrorAction Stop } | Should -Throw -ErrorId 'StoreInvalid,*'
        Remove-Item $file -Force
    }

    It 'NotRoot_IsAnError' {
        # Without a map of users, this process is nobody's.
        $text = unshare --user (Get-EnginePath) -NoProfile -Command "Import-Module '$Module'; try { Get-VServer -Store '$store' } catch { `$_.FullyQualifiedErrorId }" | Out-String
        $text | Should -Match 'NotRoot,VServer.Commands.GetVServerCommand'
    }
}

Describe 'A template' {
    It 'HalfMade_IsAnErrorAndCanBeRemoved' {
        $file = "$store/.vserver/templates/ref.json"
        $config = Get-Content $file -Raw | ConvertFrom-Json -AsHashtable
        $config.name = 'half'
        $config.incomplete = $true
        $config | ConvertTo-Json -Depth 10 | Set-Content "$store/.vserver/templates/half.json"
        $null = New-Item -ItemType Directory "$store/half"
        { New-VServer web1 -Template half -ErrorAction Stop } | Should -Throw -ErrorId 'TemplateIncomplete,VServer.Commands.NewVServerCommand'
        Get-VServer | Should -BeNullOrEmpty
        Remove-VServerTemplate half -Confirm:$false
        Test-Path "$store/half" | Should -BeFalse
    }
}

Describe 'A tree with <what>' -ForEach @(
    @{ what = 'names that are not UTF-8'; make = 'printf x > "$(printf "usr/bad\377name")"' }
    @{ what = 'newlines in names'; make = 'printf x > "$(printf "usr/a\nb")"' }
    @{ what = 'links to the host'; make = 'ln -s /etc/shadow usr/shadow; ln -s ../../../../../etc usr/up; mkdir var/lib; ln -s /etc var/lib/dpkg' }
    @{ what = 'a fifo where a file should be'; make = 'rm -f etc/hostname; mkfifo etc/hostname usr/fifo' }
    @{ what = 'a device where a file should be'; make = 'mknod etc/hostname c 1 3; mknod usr/device b 7 0' }
    @{ what = 'a name of 255 bytes'; make = 'printf x > usr/$(printf "%0255d" 0)' }
) {
    AfterEach { Get-VServer | Remove-VServer -Force -Confirm:$false }

    It 'IsAdoptedSharedUndoneAndRemoved' {
        $host1 = Get-TreeDigest /etc
        foreach ($name in 'a', 'b') {
            New-TestTree "$store/.tree"
            sh -c "cd '$store/.tree' && $make"
            $null = New-VServer $name -Path "$store/.tree" -ErrorAction Stop
        }

        (Invoke-VServerUnify b -Reference a -Scope Tree -IgnoreTime -ErrorAction Stop).Linked | Should -BeGreaterThan 5
        $null = Invoke-VServerUnify b -Undo -ErrorAction Stop
        (Invoke-VServerUnify b -Reference a -Scope Tree -WhatIf -Detailed | Where-Object Size).Count | Should -BeGreaterThan 5
        Measure-VServer | Should -HaveCount 3
        Remove-VServer a, b -Confirm:$false -ErrorAction Stop
        Get-TreeDigest /etc | Should -Be $host1
    }
}
