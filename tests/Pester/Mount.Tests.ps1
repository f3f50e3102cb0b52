BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    New-PackagedTree "$store/.tree"
    $null = New-VServer ref -Path "$store/.tree"
    $shared = mktemp -d /var/tmp/vserver-shared.XXXXXX
    Set-Content "$shared/page" 'hello'
    chown 1000:1000 "$shared/page"
}

AfterAll {
    Remove-TestStore $store
    rm -r $shared
}

Describe 'Mounts of guests' {
    BeforeEach { $null = Copy-VServer ref web1 }

    AfterEach { Get-VServer | Where-Object Name -NE ref | Remove-VServer -Force -Confirm:$false }

    It 'Table_BindsAFolderWithItsOwners' {
        Set-VServer web1 -Mount @{ Source = $shared; Target = '/var/www'; ReadOnly = $true }
        Start-VServer web1
        Invoke-VServerCommand web1 -ArgumentList cat, /var/www/page | Should -Be 'hello'
        Invoke-VServerCommand web1 -ArgumentList stat, -c, '%u:%g', /var/www/page | Should -Be '1000:1000'
        Invoke-VServerCommand web1 -ArgumentList touch, /var/www/new 2>$null
        $LASTEXITCODE | Should -Be 1
        Get-ChildItem $shared -Name | Should -Be 'page'
    }

    It 'Text_SaysTheSame' {
        Set-VServer web1 -Mount "${shared}:/var/www:ro,noexec", 'tmpfs:/scratch:size=1m,mode=750'
        $mounts = (Get-VServer web1).Mounts
        "$mounts" | Should -Be "tmpfs:/scratch:size=1048576,mode=750 ${shared}:/var/www:ro,noexec"
        Start-VServer web1
        Invoke-VServerCommand web1 -ArgumentList stat, -c, '%a', /scratch | Should -Be '750'
        @(Invoke-VServerCommand web1 -ArgumentList cat, /proc/mounts) -match ' /scratch ' | Should -Match 'tmpfs .*nosuid,nodev.*size=1024k'
    }

    It 'New_TakesThem_AndRelativePathsAreTheShells' {
        New-PackagedTree "$store/.tree2"
        Push-Location $shared
        try {
            $null = New-VServer web2 -Path "$store/.tree2" -Mount './page:/etc/page', @{ Type = 'Tmpfs'; Target = '/scratch'; Size = 1MB }
        }
        finally {
            Pop-Location
        }
        (Get-VServer web2).Mounts.Source | Should -Contain "$shared/page"
        Start-VServer web2
        Invoke-VServerCommand web2 -ArgumentList cat, /etc/page | Should -Be 'hello'
    }

    It 'Copy_HasTheSame_AndAnEmptyListTakesThemOut' {
        Set-VServer web1 -Mount "${shared}:/var/www"
        $null = Copy-VServer web1 web2
        "$((Get-VServer web2).Mounts)" | Should -Be "${shared}:/var/www"
        Test-Path "$store/web2/var/www" | Should -BeFalse
        Set-VServer web2 -Mount @()
        (Get-VServer web2).Mounts.Count | Should -Be 0
    }

    It 'Mounts_CanBeGivenBackAsTheyAreAndAsJson' {
        Set-VServer web1 -Mount @{ Source = $shared; Target = '/var/www'; ReadOnly = $true }, 'tmpfs:/scratch:size=1m'
        $before = "$((Get-VServer web1).Mounts)"
        Set-VServer web1 -Mount (Get-VServer web1).Mounts
        "$((Get-VServer web1).Mounts)" | Should -Be $before
        $json = (Get-VServer web1).Mounts | ConvertTo-Json | ConvertFrom-Json
        Set-VServer web1 -Mount @()
        Set-VServer web1 -Mount $json
        "$((Get-VServer web1).Mounts)" | Should -Be $before
    }

    It 'Settling_LeavesTheMountPointAlone' {
        Set-VServer web1 -Mount "${shared}:/var/www"
        Start-VServer web1
        Invoke-VServerCommand web1 -ArgumentList touch, /var/www/made
        $null = Stop-VServer web1
        Get-ChildItem "$store/web1/var/www" -Name | Should -BeNullOrEmpty
        Get-ChildItem $shared -Name | Should -Be 'made', 'page'
        Remove-Item "$shared/made"
    }

    It 'Removing_LeavesTheHostsFolder' {
        Set-VServer web1 -Mount "${shared}:/var/www"
        Start-VServer web1
        Remove-VServer web1 -Force -Confirm:$false
        Get-Content "$shared/page" | Should -Be 'hello'
    }

    It 'BadInput <mount>_IsOneClearErrorAndChangesNothing' -ForEach @(
        @{ mount = 'nothing' }, @{ mount = '/srv:relative' }, @{ mount = '/srv:/mnt:fast' }, @{ mount = '/srv:/proc/x' }, @{ mount = '/:/mnt' }
        @{ mount = 'tmpfs:/x:size=lots' }, @{ mount = 'tmpfs:/x:mode=9' }, @{ mount = '/a:/b:/c:/d' }, @{ mount = @{ Target = '/mnt' } }
        @{ mount = @{ Source = '/srv'; Target = '/mnt'; Colour = 'red' } }, @{ mount = @{ Type = 'Disk'; Target = '/mnt' } }, @{ mount = @{ Source = '/srv' } }
        @{ mount = 7 }
    ) {
        Set-VServer web1 -Mount "${shared}:/var/www"
        { Set-VServer web1 -Mount $mount -ErrorAction Stop } | Should -Throw -ErrorId 'MountInvalid,VServer.Commands.SetVServerCommand'
        { New-VServer web2 -Path "$store/no" -Mount $mount -ErrorAction Stop } | Should -Throw -ErrorId 'MountInvalid,VServer.Commands.NewVServerCommand'
        "$((Get-VServer web1).Mounts)" | Should -Be "${shared}:/var/www"
    }

    It 'FolderThatGuestAndUsersCanWriteAndReach_IsWarnedOf' {
        chmod 755 $shared
        Set-VServer web1 -Mount "${shared}:/var/www" -WarningVariable warned 3>$null
        "$warned" | Should -Match ([regex]::Escape($shared))
        New-VServer web2 -Path "$store/no" -Mount "${shared}:/mnt" -WhatIf -WarningVariable warned 3>$null -ErrorAction Ignore
        $warned.Count | Should -Be 1
        'web2', 'web3' | New-VServer -Path "$store/no" -Mount "${shared}:/mnt" -WhatIf -WarningVariable warned 3>$null -ErrorAction Ignore
        $warned.Count | Should -Be 1
        Set-VServer web1 -Mount "${shared}:/var/www:ro", "${shared}:/mnt:noidmap", 'tmpfs:/scratch', '/no/such:/srv' -WarningVariable warned
        $warned | Should -BeNullOrEmpty
        chmod 700 $shared
        Set-VServer web1 -Mount "$shared/page:/etc/page", "${shared}:/mnt" -WarningVariable warned
        $warned | Should -BeNullOrEmpty
    }

    It 'Store_IsNoSource_ByWhateverPath' {
        { Set-VServer web1 -Mount "${store}:/mnt" -ErrorAction Stop } | Should -Throw -ErrorId 'MountInvalid,*'
        { Set-VServer web1 -Mount '/var/tmp:/mnt' -ErrorAction Stop } | Should -Throw -ErrorId 'MountInvalid,*'
        mount --bind $store $shared
        try { { Set-VServer web1 -Mount "${shared}/ref/etc:/mnt" -ErrorAction Stop } | Should -Throw -ErrorId 'MountInvalid,*' }
        finally { umount $shared }
    }

    It 'Source_ThatIsGone_RefusesTheStartAndNamesIt' {
        Set-VServer web1 -Mount '/no/such/folder:/mnt'
        Start-VServer web1 -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be 'MountFailed,VServer.Commands.StartVServerCommand'
        "$failure" | Should -Match '/no/such/folder'
        (Get-VServer web1).State | Should -Be 'Stopped'
    }

    It 'HandEditedConfiguration_IsHeldToTheSameRules' {
        $file = "$store/.vserver/guests/web1.json"
        $config = Get-Content $file | ConvertFrom-Json
        $config.mounts = @(@{ source = $store; target = '/mnt' })
        $config | ConvertTo-Json -Depth 5 | Set-Content $file
        { Start-VServer web1 -ErrorAction Stop } | Should -Throw -ErrorId 'MountInvalid,*'
        { Invoke-VServerCommand web1 { ls } -Ephemeral -ErrorAction Stop } | Should -Throw -ErrorId 'MountInvalid,*'
    }

    It 'List_ShowsThem' {
        Set-VServer web1 -Mount "${shared}:/var/www:ro"
        Get-VServer web1 | Format-List | Out-String -Width 200 | Should -Match "Mounts +: \{$([regex]::Escape($shared)):/var/www:ro\}"
        Get-VServer web1 -Detailed | Out-String -Width 200 | Should -Match "Mounts +: \{$([regex]::Escape($shared)):/var/www:ro\}"
        Get-VServer ref | Format-List | Out-String | Should -Not -Match 'Mounts'
    }
}
