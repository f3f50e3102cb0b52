BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    New-PackagedTree "$store/.tree"
    $null = New-VServer ref -Path "$store/.tree"
}

AfterAll { Remove-TestStore $store }

Describe 'Copy-VServer' {
    AfterEach { Get-VServer | Where-Object Name -NE ref | Remove-VServer -Force -Confirm:$false }

    It 'TwoNames_GiveTwoGuestsAndTheirStatistics' {
        $results = Copy-VServer ref web1, web2
        $results | ForEach-Object { $_ | Should -BeOfType VServer.CopyResult }
        $results.Guest | Should -Be 'web1', 'web2'
        $results.Reference | Should -Be 'ref', 'ref'
        $results[0].FilesLinked | Should -BeGreaterThan 150
        (Get-VServer web*).State | Should -Be 'Stopped', 'Stopped'
        stat -c %i "$store/web1/bin/bash" | Should -Be (stat -c %i "$store/ref/bin/bash")
        stat -c %i "$store/web1/usr/unpackaged" | Should -Not -Be (stat -c %i "$store/ref/usr/unpackaged")
    }

    It 'Template_CanBeCopiedToo' {
        $null = New-VServerTemplate box -FromHost -Package bash
        (Get-VServerTemplate box | Copy-VServer -Destination web1).Reference | Should -Be 'box'
        stat -c %i "$store/web1/bin/bash" | Should -Be (stat -c %i "$store/box/bin/bash")
    }

    It 'WhatIf_HasTheNumbersOfTheRealRunAndMakesNothing' {
        $plan = Copy-VServer ref web1 -WhatIf
        $plan.WhatIf | Should -BeTrue
        Test-Path "$store/web1" | Should -BeFalse
        (Get-VServer).Name | Should -Be 'ref'
        $result = Copy-VServer ref web1
        foreach ($number in 'DirectoriesMade', 'FilesCopied', 'BytesCopied', 'FilesLinked', 'SymbolicLinks', 'SpecialFiles', 'FilesWritten', 'LeftOut') {
            $plan.$number | Should -Be $result.$number
        }
    }

    It 'Detailed_SaysWhatBecameOfEachFileAndWhy' {
        $files = Copy-VServer ref web1 -Detailed -WhatIf | Where-Object { $_ -is [VServer.CopyFile] }
        $file = $files | Where-Object { "$($_.Path)" -eq '/bin/bash' }
        "$($file.Action) $($file.Reason)" | Should -Be 'Linked Shareable'
        $file = $files | Where-Object { "$($_.Path)" -eq '/usr/unpackaged' }
        "$($file.Action) $($file.Reason)" | Should -Be 'Copied Unpackaged'
    }

    It 'Guest_ComesByPipeline' {
        (Get-VServer ref | Copy-VServer -Destination web1).Guest | Should -Be 'web1'
        (Get-VServer web1).HostName | Should -Be 'web1'
    }

    It 'Guest_ThatIsACopy_ComesByPipelineAsItself' {
        $null = Copy-VServer ref web1
        (Get-VServer web1 | Copy-VServer -Destination web2).Reference | Should -Be 'web1'
    }

    It 'Rows_HaveNameAndDestination' {
        $rows = [pscustomobject]@{ Name = 'ref'; Destination = 'web1' }, [pscustomobject]@{ Name = 'ref'; Destination = 'web2' }
        ($rows | Copy-VServer).Guest | Should -Be 'web1', 'web2'
    }

    It 'PassThru_GivesTheGuests' {
        $guests = Copy-VServer ref web1, web2 -PassThru
        $guests | ForEach-Object { $_ | Should -BeOfType VServer.Guest }
        $guests.Name | Should -Be 'web1', 'web2'
    }

    It 'Results_GoOnToOtherCmdlets' {
        $null = Copy-VServer ref web1 | Start-VServer
        (Get-VServer web1).State | Should -Be 'Running'
        Invoke-VServerCommand web1 -ArgumentList hostname | Should -Be 'web1'
    }

    It 'Identity_IsEachItsOwn' {
        $null = Copy-VServer ref web1, web2 -HostName both.example.org
        Get-Content "$store/web1/etc/hostname" | Should -Be 'both.example.org'
        Get-Content "$store/web1/etc/machine-id" | Should -Not -Be (Get-Content "$store/web2/etc/machine-id")
    }

    It 'RunningReference_IsRefused' {
        Start-VServer ref
        try { { Copy-VServer ref web1 -ErrorAction Stop } | Should -Throw -ErrorId 'GuestRunning,VServer.Commands.CopyVServerCommand' }
        finally { $null = Stop-VServer ref }
        Test-Path "$store/web1" | Should -BeFalse
    }

    It 'UnsettledReference_IsRefused' {
        $null = Copy-VServer ref kept
        $null = New-Item -ItemType Directory "$store/.vserver/delta/kept/upper/etc", "$store/.vserver/delta/kept/work"
        Set-Content "$store/.vserver/delta/kept/upper/etc/x" new
        { Copy-VServer kept web1 -ErrorAction Stop } | Should -Throw -ErrorId 'GuestUnsettled,VServer.Commands.CopyVServerCommand'
    }

    It 'TakenName_IsAnErrorForItAlone' {
        (Copy-VServer ref ref, web1 -ErrorVariable failure -ErrorAction SilentlyContinue).Guest | Should -Be 'web1'
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'NameTaken,VServer.Commands.CopyVServerCommand'
    }

    It 'UnknownReference_IsOneErrorForAll' {
        Copy-VServer nothing web1, web2 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'TemplateNotFound,VServer.Commands.CopyVServerCommand'
    }

    It 'Bad name <name>_ChangesNothing' -ForEach @(@{ name = '../x' }, @{ name = 'a/b' }, @{ name = '.hidden' }, @{ name = '' }) {
        { Copy-VServer ref $name -ErrorAction Stop } | Should -Throw
        (Get-VServer).Name | Should -Be 'ref'
    }

    It 'IdentityList_BadOne_IsOneErrorAndNothingIsMade' {
        Set-Content "$store/.vserver/identity.json" '{ "sets": [{ "leftOut": ["/etc/x"] }] }'
        try {
            Copy-VServer ref web1, web2 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $failure | Should -HaveCount 1
            $failure[0].FullyQualifiedErrorId | Should -Be 'IdentityListInvalid,VServer.Commands.CopyVServerCommand'
        }
        finally { Remove-Item "$store/.vserver/identity.json" }
        (Get-VServer).Name | Should -Be 'ref'
    }

    It 'ScopeContent_IsNoChoice' {
        { Copy-VServer ref web1 -Scope Content -ErrorAction Stop } | Should -Throw
    }
}
