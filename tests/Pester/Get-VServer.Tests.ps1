BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    'web1', 'web2', 'db1' | ForEach-Object { $null = New-TestGuest $_ }
}

AfterAll { Remove-TestStore $store }

Describe 'Get-VServer' {
    It 'NoName_GivesAllInOrder' {
        (Get-VServer).Name | Should -Be 'db1', 'web1', 'web2'
    }

    It 'Pattern_GivesWhatItMatches' {
        (Get-VServer web*).Name | Should -Be 'web1', 'web2'
    }

    It 'PatternWithoutMatch_IsSilent' {
        Get-VServer zz* -ErrorVariable failure | Should -BeNullOrEmpty
        $failure | Should -BeNullOrEmpty
    }

    It 'UnknownName_IsAnErrorForItAlone' {
        $found = Get-VServer web1, nobody, db1 -ErrorVariable failure -ErrorAction SilentlyContinue
        $found.Name | Should -Be 'web1', 'db1'
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'GuestNotFound,VServer.Commands.GetVServerCommand'
        $failure[0].TargetObject | Should -Be 'nobody'
        $failure[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'Name with <what>_IsRefused' -ForEach @(
        @{ what = 'a step up'; name = '../etc' }
        @{ what = 'a slash'; name = 'a/b' }
        @{ what = 'dots alone'; name = '..' }
        @{ what = 'capitals'; name = 'UPPER' }
        @{ what = 'a newline'; name = "a`nb" }
        @{ what = '64 characters'; name = 'x' * 64 }
    ) {
        { Get-VServer $name -ErrorAction Stop } | Should -Throw -ErrorId 'NameInvalid,VServer.Commands.GetVServerCommand'
    }

    It 'Object_IsFoundInItsOwnStore' {
        $guest = Get-VServer web1
        $env:VSERVER_STORE = '/nowhere'
        try {
            ($guest | Get-VServer).Name | Should -Be 'web1'
            (Get-VServer $guest).Name | Should -Be 'web1'
            ([pscustomobject]@{ Name = 'db1'; Store = $store } | Get-VServer).Name | Should -Be 'db1'
        }
        finally {
            $env:VSERVER_STORE = $store
        }
    }

    It 'RelativeStore_IsResolvedByTheShell' {
        Push-Location (Split-Path $store)
        try { (Get-VServer db1 -Store (Split-Path $store -Leaf)).Store | Should -Be $store }
        finally { Pop-Location }
    }

    It 'MissingStore_IsAnError' {
        { Get-VServer -Store /nowhere/at/all } | Should -Throw -ErrorId 'StoreInvalid,VServer.Commands.GetVServerCommand'
    }

    It 'StoreOnAnotherProvider_IsAnError' {
        { Get-VServer -Store Env:/PATH -ErrorAction Stop } | Should -Throw -ErrorId 'StoreInvalid,*'
    }

    It 'BrokenConfiguration_CostsOneGuest' {
        $file = "$store/.vserver/guests/db1.json"
        $whole = Get-Content $file -Raw
        try {
            Set-Content $file '{ "name": '
            (Get-VServer -ErrorVariable failure -ErrorAction SilentlyContinue).Name | Should -Be 'web1', 'web2'
            $failure[0].FullyQualifiedErrorId | Should -Be 'GuestConfigInvalid,VServer.Commands.GetVServerCommand'
        }
        finally {
            Set-Content $file $whole
        }
    }

    It 'Table_NamesStateAndReference' {
        $text = Get-VServer web1 | Out-String -Width 120
        $text | Should -Match 'Name\s+State\s+Reference\s+Network\s+Privileged'
        $text | Should -Match 'web1\s+Stopped'
    }

    It 'Completion_GivesGuests' {
        $line = 'Get-VServer we'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'web1', 'web2'
    }

    It 'Completion_WithoutStore_GivesNoError' {
        $line = 'Get-VServer -Store /nowhere -Name we'
        { TabExpansion2 $line $line.Length } | Should -Not -Throw
    }
}
