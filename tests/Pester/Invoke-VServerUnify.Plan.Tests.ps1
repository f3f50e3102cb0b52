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

    It 'ByContent_IsAnError' {
        { Invoke-VServerUnify one, pattern -Scope Content -Plan -ErrorAction Stop } | Should -Throw -ErrorId 'PlanInvalid,*'
    }
}
