BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    function Test-Shared { param([string]$Path) (Get-Inode "one/$Path") -eq (Get-Inode "ref/$Path") }

    New-PackagedTree "$store/.tree"
    New-Copy ref
    New-Copy pattern
}

AfterAll { Remove-TestStore $store }

Describe 'Invoke-VServerUnify -Plan' {
    BeforeEach {
        New-Copy one
        $plan = Invoke-VServerUnify one -Reference ref -Package bash, coreutils -Plan
    }

    AfterEach { Get-VServer | Where-Object Name -NotIn ref, pattern | Remove-VServer -Force -Confirm:$false }

    It 'Plan_SaysWhatWouldBeSharedAndChangesNothing' {
        $plan | Should -BeOfType ([VServer.UnifyPlan])
        $plan.Guests | Should -Be 'one'
        $plan.Entries.Path | Should -Contain '/bin/bash'
        $plan.Entries.Count | Should -Be (Invoke-VServerUnify one -Reference ref -Package bash, coreutils -WhatIf).Linked
        Test-Shared bin/bash | Should -BeFalse
    }

    It 'PlanObject_ReplaysExactlyIt' {
        $plan = Invoke-VServerUnify one -Reference ref -Path /bin/bash, /bin/ls -Plan
        (Invoke-VServerUnify -PlanObject $plan).Linked | Should -Be 2
        Test-Shared bin/bash | Should -BeTrue
        Test-Shared bin/cat | Should -BeFalse
    }

    It 'Clixml_Survives' {
        $plan | Export-Clixml "$TestDrive/plan.xml"
        (Import-Clixml "$TestDrive/plan.xml" | Invoke-VServerUnify).Linked | Should -Be $plan.Entries.Count
        Test-Shared bin/bash | Should -BeTrue
    }

    It 'Json_Survives' {
        $plan | ConvertTo-Json | Set-Content "$TestDrive/plan.json"
        $read = Get-Content "$TestDrive/plan.json" -Raw | ConvertFrom-Json
        (Invoke-VServerUnify -PlanObject $read).Linked | Should -Be $plan.Entries.Count
        Test-Shared bin/bash | Should -BeTrue
    }

    It 'JsonByPipeline_IsReplayed' {
        ($plan | ConvertTo-Json | ConvertFrom-Json | Invoke-VServerUnify).Linked | Should -Be $plan.Entries.Count
    }

    It 'Again_FindsItShared' {
        $null = $plan | Invoke-VServerUnify
        $again = $plan | Invoke-VServerUnify
        $again.Linked | Should -Be 0
        $again.AlreadyShared | Should -Be $plan.Entries.Count
    }

    It 'WhatIf_ChangesNothing' {
        $result = $plan | Invoke-VServerUnify -WhatIf
        $result.WhatIf | Should -BeTrue
        $result.Linked | Should -Be $plan.Entries.Count
        Test-Shared bin/bash | Should -BeFalse
    }

    It 'ChangedFiles_AreRefused' {
        touch -d '2021-01-01' "$store/one/bin/bash"
        touch -d '2020-01-02 03:04:05' "$store/one/bin/ls"
        rm "$store/one/bin/cat"
        $files = $plan | Invoke-VServerUnify -Detailed
        foreach ($name in 'bash', 'ls', 'cat') {
            $file = $files | Where-Object { "$($_.Path)" -eq "/bin/$name" }
            $file.Reason | Should -Be 'Changed'
            $file.Detail | Should -Match 'since the plan was made'
        }
        $files[-1].Skipped['Changed'] | Should -Be 3
        $files[-1].Linked | Should -Be ($plan.Entries.Count - 3)
    }

    It 'ReferenceFileThatIsGone_IsRefused' {
        Rename-Item "$store/ref/bin/cat" dog
        try { $result = $plan | Invoke-VServerUnify } finally { Rename-Item "$store/ref/bin/dog" cat }
        $result.Skipped['Changed'] | Should -Be 1
    }

    It 'AnotherGuestUnifiedMeanwhile_IsNoChange' {
        New-Copy two
        $null = Invoke-VServerUnify two -Reference ref
        ($plan | Invoke-VServerUnify).Linked | Should -Be $plan.Entries.Count
    }

    It 'ForeignPath_<_>_IsAnErrorAndNothingIsShared' -ForEach '/../ref/bin/ls', 'bin/ls', '/bin/../etc/passwd', '/a\x00b', '/bin//ls' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $read.Entries[-1].Path = $_
        { Invoke-VServerUnify -PlanObject $read -ErrorAction Stop } | Should -Throw -ErrorId 'PlanInvalid,VServer.Commands.InvokeVServerUnifyCommand'
        Test-Shared bin/bash | Should -BeFalse
    }

    It 'PathThatThePackageDoesNotHave_IsNotShared' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $read.Entries[-1].Path = '/usr/unpackaged'
        ($read | Invoke-VServerUnify).Skipped['Changed'] | Should -Be 1
        Test-Shared usr/unpackaged | Should -BeFalse
    }

    It 'NameThatIsNoText_IsReplayed' {
        $odd = "printf 'odd' >'$store/{0}/usr/'`$'\377name'; touch -d '2020-01-02 03:04:05' '$store/{0}/usr/'`$'\377name'"
        'ref', 'one' | ForEach-Object { bash -c ($odd -f $_) }
        $tree = Invoke-VServerUnify one -Reference ref -Scope Tree -Path '/usr/\xffname' -Plan
        $tree.Entries.Path | Should -Be '/usr/\xffname'
        ($tree | ConvertTo-Json | ConvertFrom-Json | Invoke-VServerUnify).Linked | Should -Be 1
    }

    It 'OtherStore_IsAnError' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $read.StoreId = '1-2'
        { $read | Invoke-VServerUnify -ErrorAction Stop } | Should -Throw -ErrorId 'PlanInvalid,*'
    }

    It 'GuestOfAnotherTrustGroup_SharesNothing' {
        New-Copy red @{ TrustGroup = 'red' }
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $read.Guests = @('red')
        $read.Entries | ForEach-Object { $_.Guest = 'red' }
        $result = $read | Invoke-VServerUnify -WarningAction SilentlyContinue
        $result.Linked | Should -Be 0
        $result.Skipped['OtherTrustGroup'] | Should -Be $plan.Entries.Count
    }

    It 'UnknownGuest_IsAnErrorAndNothingIsShared' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $read.Guests = @('one', '../ref')
        { $read | Invoke-VServerUnify -ErrorAction Stop } | Should -Throw -ErrorId 'NameInvalid,*'
        Test-Shared bin/bash | Should -BeFalse
    }
}

Describe 'Invoke-VServerUnify -Scope Content -Plan' {
    BeforeEach {
        'one', 'two' | ForEach-Object { New-Copy $_ }
        $plan = Invoke-VServerUnify one, two -Scope Content -Plan
        function Get-Fate { param($Files, [string]$Path) $Files | Where-Object { "$($_.Path)" -eq $Path } }
        function Get-Entry { param([string]$Path) $plan.Entries | Where-Object Path -eq $Path }
    }

    AfterEach { Get-VServer | Where-Object Name -NotIn ref, pattern | Remove-VServer -Force -Confirm:$false }

    It 'Plan_SaysWhatWouldGetWhoseInodeAndChangesNothing' {
        $plan.Reference | Should -BeNullOrEmpty
        $plan.Entries.Count | Should -Be ((Invoke-VServerUnify one, two -Scope Content -WhatIf).Linked | Measure-Object -Sum).Sum
        $entry = Get-Entry /bin/bash
        $entry.Guest, $entry.ReferenceGuest | Sort-Object | Should -Be 'one', 'two'
        $entry.ReferencePath | Should -Be '/bin/bash'
        $entry.ReferenceInode | Should -Be (stat -c %i "$store/$($entry.ReferenceGuest)/bin/bash")
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode two/bin/bash)
    }

    It 'PlanObject_ReplaysExactlyIt' {
        $plan = Invoke-VServerUnify one, two -Scope Content -Path /bin/bash, /bin/ls -Plan
        ((Invoke-VServerUnify -PlanObject $plan).Linked | Measure-Object -Sum).Sum | Should -Be 2
        Get-Inode one/bin/bash | Should -Be (Get-Inode two/bin/bash)
        Get-Inode one/bin/cat | Should -Not -Be (Get-Inode two/bin/cat)
    }

    It 'FilesEqualSince_AreNoneOfThePlan' {
        cp -p "$store/one/bin/bash" "$store/two/usr/shell"
        $files = $plan | Invoke-VServerUnify -Detailed
        ($files.Linked | Measure-Object -Sum).Sum | Should -Be $plan.Entries.Count
        Get-Inode two/usr/shell | Should -Not -Be (Get-Inode two/bin/bash)
        Get-Fate $files /usr/shell | Should -BeNullOrEmpty
    }

    It 'Json_Survives' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        (($read | Invoke-VServerUnify).Linked | Measure-Object -Sum).Sum | Should -Be $plan.Entries.Count
    }

    It 'Clixml_Survives' {
        $plan | Export-Clixml "$TestDrive/plan.xml"
        ((Import-Clixml "$TestDrive/plan.xml" | Invoke-VServerUnify).Linked | Measure-Object -Sum).Sum | Should -Be $plan.Entries.Count
    }

    It 'Again_FindsItShared' {
        $null = $plan | Invoke-VServerUnify
        $again = $plan | Invoke-VServerUnify
        ($again.Linked | Measure-Object -Sum).Sum | Should -Be 0
        ($again.AlreadyShared | Measure-Object -Sum).Sum | Should -Be $plan.Entries.Count
    }

    It 'WhatIf_ChangesNothing' {
        (($plan | Invoke-VServerUnify -WhatIf).Linked | Measure-Object -Sum).Sum | Should -Be $plan.Entries.Count
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode two/bin/bash)
    }

    It 'ChangedFiles_AreRefused' {
        $stays = @{ ls = "$store/$((Get-Entry /bin/ls).ReferenceGuest)/bin/ls"; cat = "$store/$((Get-Entry /bin/cat).ReferenceGuest)/bin/cat" }
        touch -d '2021-01-01' "$store/$((Get-Entry /bin/bash).Guest)/bin/bash"
        touch -d '2020-01-02 03:04:05' $stays.ls
        rm $stays.cat "$store/$((Get-Entry /bin/cp).Guest)/bin/cp"
        $files = $plan | Invoke-VServerUnify -Detailed
        foreach ($name in 'bash', 'ls', 'cat', 'cp') { (Get-Fate $files "/bin/$name").Reason | Should -Be 'Changed' -Because $name }
        ($files.Linked | Measure-Object -Sum).Sum | Should -Be ($plan.Entries.Count - 4)
    }

    It 'ForgedPair_SharesNothingThatDiffers' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $entry = $read.Entries | Where-Object Path -eq '/bin/bash'
        $other = "$store/$($entry.ReferenceGuest)/bin/ls"
        $entry.ReferenceInode, $entry.ReferenceLinks = (stat -c '%i %h' $other) -split ' '
        $entry.ReferenceModified, $entry.ReferenceChanged = (stat -c '%.9Y %.9Z' $other) -split ' '
        $entry.Size = (Get-Item $other).Length
        $files = $read | Invoke-VServerUnify -Detailed
        (Get-Fate $files /bin/bash).Reason | Should -Be 'Changed'
        ($files.Linked | Measure-Object -Sum).Sum | Should -Be ($plan.Entries.Count - 1)
    }

    It 'ForgedCircle_IsLeftAloneAndLeavesNothing' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $entry = $read.Entries | Where-Object Path -eq '/bin/bash'
        $back = $entry.PSObject.Copy()
        $back.Guest = $entry.ReferenceGuest
        foreach ($what in 'Inode', 'Links', 'Modified', 'Changed') { $back.$what, $back."Reference$what" = $entry."Reference$what", $entry.$what }
        $read.Entries = @($back) + $read.Entries
        $files = $read | Invoke-VServerUnify -Detailed
        @(Get-Fate $files /bin/bash).Count | Should -Be 2
        ($files.Linked | Measure-Object -Sum).Sum | Should -Be ($plan.Entries.Count - 1)
        find $store -name '.vserver-*' -o -name '*.tmp' | Should -BeNullOrEmpty
    }

    It 'ExcludedMeanwhile_IsNotShared' {
        Set-VServer two -Exclude /bin/bash
        $files = $plan | Invoke-VServerUnify -Detailed
        (Get-Fate $files /bin/bash).Reason | Should -BeIn 'Excluded', 'Changed'
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode two/bin/bash)
    }

    It 'OtherTrustGroupMeanwhile_SharesNothing' {
        Set-VServer two -TrustGroup red
        (($plan | Invoke-VServerUnify).Linked | Measure-Object -Sum).Sum | Should -Be 0
        Get-Inode one/bin/bash | Should -Not -Be (Get-Inode two/bin/bash)
    }

    It 'Reference_IsAnError' {
        $read = $plan | ConvertTo-Json | ConvertFrom-Json
        $read.Reference = 'ref'
        { $read | Invoke-VServerUnify -ErrorAction Stop } | Should -Throw -ErrorId 'ReferenceInvalid,*'
    }
}
