BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    New-PackagedTree "$store/.tree"
    New-Copy ref
}

AfterAll { Remove-TestStore $store }

Describe 'Invoke-VServerUnify' {
    BeforeEach { New-Copy one }

    AfterEach { Get-VServer | Where-Object Name -NE ref | Remove-VServer -Force -Confirm:$false }

    It 'Copy_SharesItsFiles' {
        $before = Get-TreeDigest "$store/one"
        $result = Invoke-VServerUnify one -Reference ref
        $result.Guest | Should -Be 'one'
        $result.Reference | Should -Be 'ref'
        $result.Linked | Should -BeGreaterThan 100
        $result.SavedBytes | Should -BeGreaterThan 1MB
        $result.WhatIf | Should -BeFalse
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
        Get-TreeDigest "$store/one" | Should -Be $before
    }

    It 'Again_ChangesNothing' {
        $first = Invoke-VServerUnify one -Reference ref
        $second = Invoke-VServerUnify one -Reference ref
        $second.Linked | Should -Be 0
        $second.AlreadyShared | Should -Be $first.Linked
    }

    It 'WhatIf_TellsTheSameAndChangesNothing' {
        $inode = Get-Inode one/bin/bash
        $plan = Invoke-VServerUnify one -Reference ref -WhatIf
        $plan.WhatIf | Should -BeTrue
        Get-Inode one/bin/bash | Should -Be $inode
        $done = Invoke-VServerUnify one -Reference ref
        $plan.Linked | Should -Be $done.Linked
        $plan.LinkedBytes | Should -Be $done.LinkedBytes
    }

    It 'Undo_GivesPrivateCopies' {
        $before = Get-TreeDigest "$store/one"
        $linked = (Invoke-VServerUnify one -Reference ref).Linked
        $result = Invoke-VServerUnify one -Undo
        $result.Copied | Should -Be $linked
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Get-TreeDigest "$store/one" | Should -Be $before
    }

    It 'UndoWhatIf_ChangesNothing' {
        $null = Invoke-VServerUnify one -Reference ref
        (Invoke-VServerUnify one -Undo -WhatIf).WhatIf | Should -BeTrue
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
    }

    It 'UndoOfPackage_LeavesTheOthers' {
        $null = Invoke-VServerUnify one -Reference ref
        $null = Invoke-VServerUnify one -Undo -Package bash
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Get-Inode one/bin/ls | Should -Be (Get-Inode ref/bin/ls)
    }

    It 'UndoOfPath_LeavesTheOthers' {
        $null = Invoke-VServerUnify one -Reference ref
        (Invoke-VServerUnify one -Undo -Path /bin/bash, /usr/share/*/note1).Copied | Should -Be 2
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Get-Inode one/usr/share/doc/base/note1 | Should -Not -Be (Get-Inode ref/usr/share/doc/base/note1)
        Get-Inode one/bin/ls | Should -Be (Get-Inode ref/bin/ls)
    }

    It 'UndoOfUnknownPath_IsAnErrorAndTheOthersGoOn' {
        $null = Invoke-VServerUnify one -Reference ref
        (Invoke-VServerUnify one -Undo -Path /nothing, /bin/bash -ErrorVariable failure -ErrorAction SilentlyContinue).Copied | Should -Be 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'FileNotFound,VServer.Commands.InvokeVServerUnifyCommand'
        $failure[0].TargetObject | Should -Be '/nothing'
    }

    It 'Path_TakesOnlyThatFile' {
        (Invoke-VServerUnify one -Reference ref -Path /bin/bash).Linked | Should -Be 1
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
    }

    It 'RelativePath_IsAnError' {
        { Invoke-VServerUnify one -Undo -Path bin/bash -ErrorAction Stop } | Should -Throw -ErrorId 'PathRuleInvalid,*'
    }

    It 'Debug_TellsTheGateAndBothValues' {
        setfattr -n user.note -v x "$store/one/bin/bash"
        Invoke-VServerUnify one -Reference ref -Path /bin/bash -WhatIf -Debug 5>&1 | Out-String -Width 300 |
            Should -Match 'refused by the metadata gate: MetadataDiffers \(attribute user.note: missing in the reference, 0x78 in the guest\)'
    }

    It 'RuleFile_IsAnOldExcludeList' {
        Set-Content "$TestDrive/rules" '# the old form', '', '+/usr/share/doc/base/note1', '-/usr/share/doc', '~/bin'
        $null = Invoke-VServerUnify one -Reference ref -RuleFile "$TestDrive/rules"
        Get-Inode one/usr/share/doc/base/note1 | Should -Be (Get-Inode ref/usr/share/doc/base/note1)
        Get-Inode one/usr/share/doc/base/note2 | Should -Not -Be (Get-Inode ref/usr/share/doc/base/note2)
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
    }

    It 'MissingRuleFile_IsAnErrorAndNothingIsShared' {
        { Invoke-VServerUnify one -Reference ref -RuleFile "$TestDrive/none" -ErrorAction Stop } | Should -Throw -ErrorId 'PathRuleInvalid,*'
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
    }

    It 'Package_IsTakenByName' {
        $null = Invoke-VServerUnify one -Reference ref -Package bash
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
        Get-Inode one/bin/ls | Should -Not -Be (Get-Inode ref/bin/ls)
    }

    It 'Package_IsTakenByPattern' {
        $null = Invoke-VServerUnify one -Reference ref -Package core*
        Get-Inode one/bin/ls | Should -Be (Get-Inode ref/bin/ls)
    }

    It 'UnknownPackage_IsAnErrorAndTheOthersGoOn' {
        $null = Invoke-VServerUnify one -Reference ref -Package bash, nothing -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be 'PackageNotFound,VServer.Commands.InvokeVServerUnifyCommand'
        $failure[0].TargetObject | Should -Be 'nothing'
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
    }

    It 'UnknownPackageAlone_DoesNothing' {
        Invoke-VServerUnify one -Reference ref -Package nothing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'Changed_IsLeftAsItIs' {
        Add-Content "$store/one/bin/bash" 'patched'
        $files = Invoke-VServerUnify one -Reference ref -Detailed
        ($files | Where-Object { "$($_.Path)" -eq '/bin/bash' }).Reason | Should -Be 'ContentDiffers'
        ($files | Where-Object Linked).Skipped['ContentDiffers'] | Should -Be 1
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
    }

    It 'Mode_IsMetadata' {
        chmod 700 "$store/one/bin/bash"
        (Invoke-VServerUnify one -Reference ref).Skipped['MetadataDiffers'] | Should -Be 1
    }

    It 'Time_CanBeIgnored' {
        touch "$store/one/bin/bash"
        (Invoke-VServerUnify one -Reference ref -WhatIf).Skipped['MetadataDiffers'] | Should -Be 1
        $null = Invoke-VServerUnify one -Reference ref -IgnoreTime
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
    }

    It 'ExcludeDirectory_IsLeftOut' {
        $null = Invoke-VServerUnify one -Reference ref -ExcludeDirectory /bin
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Get-Inode one/usr/share/doc/base/note1 | Should -Be (Get-Inode ref/usr/share/doc/base/note1)
    }

    It 'IncludeDirectory_Wins' {
        $null = Invoke-VServerUnify one -Reference ref -ExcludeDirectory /usr, /bin -IncludeDirectory /bin
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
        Get-Inode one/usr/share/doc/base/note1 | Should -Not -Be (Get-Inode ref/usr/share/doc/base/note1)
    }

    It 'BadRule_IsAnError' {
        { Invoke-VServerUnify one -Reference ref -Exclude relative/path -ErrorAction Stop } | Should -Throw -ErrorId 'PathRuleInvalid,*'
    }

    It 'MinimumSize_LeavesSmallFiles' {
        $result = Invoke-VServerUnify one -Reference ref -MinimumSize 64KB
        $result.Skipped['TooSmall'] | Should -BeGreaterThan 100
    }

    It 'ScopeTree_NeedsNoDatabase' {
        $null = New-TestGuest a
        $null = New-TestGuest b
        { Invoke-VServerUnify b -Reference a -ErrorAction Stop } | Should -Throw -ErrorId 'PackageDatabaseMissing,*'
        $null = Invoke-VServerUnify b -Reference a -Scope Tree -IgnoreTime
        Get-Inode a/bin/sh | Should -Be (Get-Inode b/bin/sh)
    }

    It 'Pipeline_UnifiesAllInOneRun' {
        New-Copy two
        $results = Get-VServer one, two | Invoke-VServerUnify -Reference ref
        $results.Guest | Should -Be 'one', 'two'
        Get-Inode one/bin/bash | Should -Be (Get-Inode two/bin/bash)
    }

    It 'ReferenceAmongTheGuests_IsLeftOut' {
        New-Copy two
        (Get-VServer one, two | Invoke-VServerUnify -Reference one).Guest | Should -Be 'two'
    }

    It 'ReferenceAlone_IsAnError' {
        { Invoke-VServerUnify one -Reference one -ErrorAction Stop } | Should -Throw -ErrorId 'ReferenceInvalid,*'
    }

    It 'UnknownReference_IsAnError' {
        { Invoke-VServerUnify one -Reference nothing -ErrorAction Stop } | Should -Throw -ErrorId 'TemplateNotFound,VServer.Commands.InvokeVServerUnifyCommand'
    }

    It 'UnknownGuest_IsAnErrorAndTheOthersGoOn' {
        (Invoke-VServerUnify nobody, one -Reference ref -ErrorVariable failure -ErrorAction SilentlyContinue).Guest | Should -Be 'one'
        $failure[0].FullyQualifiedErrorId | Should -Be 'GuestNotFound,VServer.Commands.InvokeVServerUnifyCommand'
    }

    It 'Running_IsLeftAlone' {
        Start-VServer one
        $result = Invoke-VServerUnify one -Reference ref -WarningVariable warning -WarningAction SilentlyContinue
        $result.Linked | Should -Be 0
        $result.Skipped['Running'] | Should -BeGreaterThan 0
        "$warning" | Should -Match 'Stop-VServer one'
    }

    It 'AtNextStart_WaitsAndIsDoneBeforeTheGuestStarts' {
        Start-VServer one
        $result = Invoke-VServerUnify one -Reference ref -Package bash -AtNextStart
        $result.Queued | Should -BeTrue
        $null = Invoke-VServerUnify one -Reference ref -Package bash -AtNextStart
        (Get-VServer one).Queued | Should -Be 1
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode ref/bin/bash)
        Stop-VServer one
        Start-VServer one -Verbose 4>&1 | Out-String | Should -Match 'one: 2 files linked'
        (Get-VServer one).State | Should -Be 'Running'
        (Get-VServer one).Queued | Should -Be 0
        Get-Inode one/bin/bash | Should -Be (Get-Inode ref/bin/bash)
    }

    It 'AtNextStartThatFails_IsSaidAndTheGuestStarts' {
        New-Copy two
        Start-VServer one
        $null = Invoke-VServerUnify one -Reference two -AtNextStart
        Remove-VServer two -Confirm:$false
        Restart-VServer one -WarningVariable warning -WarningAction SilentlyContinue
        "$warning" | Should -Match "queued for the next start of 'one' could not be done"
        (Get-VServer one).State | Should -Be 'Running'
        (Get-VServer one).Queued | Should -Be 0
    }

    It 'AtNextStartWhatIf_QueuesNothing' {
        Start-VServer one
        (Invoke-VServerUnify one -Reference ref -AtNextStart -WhatIf).Queued | Should -BeTrue
        (Get-VServer one).Queued | Should -Be 0
    }

    It 'UndoRunning_IsAnError' {
        Start-VServer one
        { Invoke-VServerUnify one -Undo -ErrorAction Stop } | Should -Throw -ErrorId 'GuestRunning,*'
    }

    It 'OtherTrustGroup_SharesNothing' {
        New-Copy two @{ TrustGroup = 'red' }
        $result = Invoke-VServerUnify two -Reference ref -WarningAction SilentlyContinue
        $result.Linked | Should -Be 0
        $result.Skipped['OtherTrustGroup'] | Should -BeGreaterThan 0
    }

    It 'Immutable_GuardsTheInode' {
        $null = Invoke-VServerUnify one -Reference ref -Package bash -Guard Immutable
        lsattr "$store/one/bin/bash" | Should -Match '^\S*i'
        $null = Invoke-VServerUnify one -Undo
        lsattr "$store/one/bin/bash" | Should -Not -Match '^\S*i'
    }

    It 'Detailed_GivesFilesThenResult' {
        $all = Invoke-VServerUnify one -Reference ref -Detailed
        $all[-1] | Should -BeOfType ([VServer.UnifyResult])
        $all[0] | Should -BeOfType ([VServer.UnifyFile])
        @($all | Where-Object { $_ -is [VServer.UnifyFile] -and $_.Shared }).Count | Should -Be $all[-1].Linked
    }

    It 'Verbose_TellsTheReasons' {
        Invoke-VServerUnify one -Reference ref -Verbose 4>&1 | Out-String | Should -Match 'not shared, because of Configuration'
    }

    It 'Table_ShowsSizesForPeople' {
        Invoke-VServerUnify one -Reference ref | Out-String -Width 120 | Should -Match '\d+\.\d MiB'
    }
}
