BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore

    New-PackagedTree "$store/.tree"
    New-Copy ref
}

AfterAll { Remove-TestStore $store }

Describe 'vunify' {
    BeforeEach { New-Copy one }

    AfterEach { Get-VServer | Where-Object Name -NE ref | Remove-VServer -Force -Confirm:$false }

    It 'ALL_LinksEveryCommonPackage' {
        $result = vunify ref one -- ALL
        $result | Should -BeOfType ([VServer.UnifyResult])
        $result.Packages | Should -Be 4
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
        Get-Inode one/usr/share/doc/base/note1 | Should -Be (Get-Inode ref/usr/share/doc/base/note1)
        Get-Inode one/usr/unpackaged | Should -Not -Be (Get-Inode ref/usr/unpackaged)
    }

    It 'Packages_AreLinkedByName' {
        $null = vunify ref one -- bash base
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
        Get-Inode one/bin/ls | Should -Not -Be (Get-Inode ref/bin/ls)
    }

    It 'Servers_AreAllUnified' {
        New-Copy two
        $servers = 'one', 'two'
        (vunify ref $servers -- bash).Guest | Should -Be 'one', 'two'
        Get-Inode one/bin/bash | Should -Be (Get-Inode two/bin/bash)
    }

    It 'QuotedDashes_SeparateToo' {
        $words = 'ref', 'one', '--', 'bash'
        (vunify @words).Linked | Should -BeGreaterThan 0
    }

    It 'OtherVersion_IsNotLinkedAndListed' {
        (Get-Content "$store/one/var/lib/dpkg/status" -Raw) -replace '(?m)(Package: bash\n(?:.*\n){2})Version: .*', '${1}Version: 2.0' |
            Set-Content "$store/one/var/lib/dpkg/status" -NoNewline
        $result = vunify ref one -- ALL
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        $result.PackagesDiffering.Name | Should -Be 'bash'
        $result.PackagesDiffering.ReferenceVersion | Should -Be '1.0-1'
        $result.PackagesDiffering.GuestVersion | Should -Be '2.0'
        $result.Skipped['VersionDiffers'] | Should -BeGreaterThan 0
    }

    It 'MissingPackage_IsListed' {
        $status = (Get-Content "$store/one/var/lib/dpkg/status" -Raw) -split '(?m)^(?=Package: )' | Where-Object { $_ -notlike 'Package: bash*' }
        Set-Content "$store/one/var/lib/dpkg/status" ($status -join '') -NoNewline
        $result = vunify ref one -- ALL
        $result.PackagesMissing.Name | Should -Be 'bash'
        $result.PackagesMissing.GuestVersion | Should -BeNullOrEmpty
    }

    It 'Configuration_IsLeftOut' {
        (vunify ref one -- ALL).Skipped['Configuration'] | Should -Be 1
        Get-Inode one/etc/bash.bashrc | Should -Not -Be (Get-Inode ref/etc/bash.bashrc)
    }

    It '--test_ShowsWhatWouldBeDoneAndDoesNothing' {
        Add-Content "$store/one/bin/ls" 'patched'
        rm "$store/one/bin/cat"
        $inode = Get-Inode one/bin/bash
        $all = vunify --test ref one -- ALL
        $all[-1].WhatIf | Should -BeTrue
        ($all | Where-Object { "$($_.Path)" -eq '/bin/bash' }).Shared | Should -BeTrue
        ($all | Where-Object { "$($_.Path)" -eq '/bin/ls' }).Reason | Should -Be 'ContentDiffers'
        ($all | Where-Object { "$($_.Path)" -eq '/bin/cat' }).Reason | Should -Be 'NotInReference'
        Get-Inode one/bin/bash | Should -Be $inode
    }

    It '--undo_GivesPrivateCopiesAndTakesTheGuardOff' {
        $before = Get-TreeDigest "$store/one"
        $null = vunify --noflags --immutable ref one -- ALL
        (vunify --undo ref one -- ALL).Copied | Should -BeGreaterThan 100
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Get-Flag one/bin/bash | Should -Not -Match i
        Get-Flag ref/bin/bash | Should -Not -Match i
        Get-TreeDigest "$store/one" | Should -Be $before
    }

    It '--undo_OfAPackageLeavesTheOthers' {
        $null = vunify ref one -- ALL
        $null = vunify --undo ref one -- bash
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Get-Inode one/bin/ls | Should -Be (Get-Inode ref/bin/ls)
    }

    It '--noflags_LeavesTheInodeOpen' {
        $null = vunify --noflags ref one -- bash
        Get-Flag one/bin/bash | Should -Not -Match i
    }

    It '--noflags--immutable_SealsTheInode' {
        $null = vunify --noflags --immutable ref one -- bash
        Get-Flag one/bin/bash | Should -Match i
    }

    It '--immutable_SealsWhatWasSharedWithoutIt' {
        $null = vunify --noflags ref one -- bash
        (vunify --noflags --immutable ref one -- bash).Linked | Should -Be 0
        Get-Flag one/bin/bash | Should -Match i
    }

    It '--immutable-mayunlink_LetsTheGuestReplaceTheFile' {
        $null = vunify --noflags --immutable-mayunlink ref one -- bash
        Start-VServer one
        Invoke-VServerCommand one { rm /bin/bash && cp /bin/sh /bin/bash && /bin/bash -c 'echo replaced' } | Should -Be 'replaced'
        Stop-VServer one
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        bash -c "cmp '$store/ref/bin/bash' '$store/.tree/bin/bash' && echo same" | Should -Be 'same'
    }

    It '--excldir_IsLeftOutAnd--incldir_Wins' {
        $null = vunify --excldir /bin --excldir /usr --incldir /usr/share ref one -- ALL
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Get-Inode one/usr/share/doc/base/note1 | Should -Be (Get-Inode ref/usr/share/doc/base/note1)
    }

    It '--debug_ExplainsEveryFile' {
        chmod 700 "$store/one/bin/bash"
        vunify --debug --test ref one -- bash 5>&1 | Out-String -Width 300 |
            Should -Match '/bin/bash: not shared, refused by the metadata gate: MetadataDiffers \(mode: 0755 in the reference, 0700 in the guest\)'
    }

    It 'UnknownOption_IsAnErrorAndNothingIsDone' {
        $inode = Get-Inode one/bin/bash
        { vunify --force ref one -- ALL } | Should -Throw '*no option --force*'
        Get-Inode one/bin/bash | Should -Be $inode
    }

    It 'NoPackages_IsAnError' {
        { vunify ref one } | Should -Throw '*usage*'
        { vunify ref -- ALL } | Should -Throw '*usage*'
    }
}
