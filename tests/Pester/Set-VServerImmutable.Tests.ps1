BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerTemplate ref -FromHost -Package bash
    $null = New-VServer one, two -Template ref
    # Where bash really is, with or without a merged /usr.
    $bash = (realpath "$store/one/bin/bash").Substring("$store/one".Length)

    function Get-Sealed { @(find $store -xdev -type f -exec lsattr '{}' + | Where-Object { $_ -match '^....i' }).Count }
}

AfterAll { Remove-TestStore $store }

Describe 'Set-VServerImmutable' {
    AfterEach { Set-VServerImmutable one, two -Guard None }

    It 'Shared_AreSealedAndShown' {
        $done = Set-VServerImmutable one -PassThru
        $done.Count | Should -BeGreaterThan 50
        $done.Guard | Select-Object -Unique | Should -Be 'Immutable'
        Get-Sealed | Should -Be (3 * $done.Count)
        (Get-VServerImmutable two -Guard Immutable).Count | Should -Be $done.Count
    }

    It 'Pipeline_TakesOffWhatIsShown' {
        Set-VServerImmutable one $bash
        (Get-VServerImmutable one -Guard Immutable).Path.ToString() | Should -Be $bash
        Get-VServerImmutable two -Guard Immutable | Set-VServerImmutable -Guard MayUnlink
        (Get-VServerImmutable one $bash).Guard | Should -Be 'MayUnlink'
        Get-Sealed | Should -Be 0
    }

    It 'Guests_ComeByPipeline' {
        Get-VServer | Set-VServerImmutable -Path '*/bin/bash'
        (Get-VServerImmutable ref, one, two -Guard Immutable).Guest | Should -Be 'ref', 'one', 'two'
    }

    It 'WhatIf_ChangesNothing' {
        (Set-VServerImmutable one -WhatIf -PassThru).Count | Should -BeGreaterThan 50
        Get-Sealed | Should -Be 0
    }

    It 'OwnFile_IsRefused' {
        Set-VServerImmutable one /etc/hostname -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be 'SealRefused,VServer.Commands.SetVServerImmutableCommand'
        $failure[0].Exception.Message | Should -BeLike '*copy-on-write root*'
        Get-Sealed | Should -Be 0
    }

    It 'Missing_IsAnErrorButNoPattern' {
        Set-VServerImmutable one /nowhere -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be 'FileNotFound,VServer.Commands.SetVServerImmutableCommand'
        Set-VServerImmutable one '/nowhere*' -ErrorAction Stop
        { Set-VServerImmutable nobody -ErrorAction Stop } | Should -Throw -ErrorId 'GuestNotFound,*'
    }
}
