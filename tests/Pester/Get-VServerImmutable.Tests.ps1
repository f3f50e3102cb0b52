BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-TestGuest alone
}

AfterAll { Remove-TestStore $store }

Describe 'Get-VServerImmutable' {
    It 'Unguarded_IsShownOnlyWhenNamed' {
        Get-VServerImmutable alone | Should -BeNullOrEmpty
        $file = Get-VServerImmutable alone /etc/passwd
        $file.Guard | Should -Be 'None'
        $file.Names | Should -Be 1
        (Get-VServerImmutable alone '/etc/*', /bin/sh).Path | ForEach-Object ToString | Should -Be '/bin/sh', '/etc/group', '/etc/passwd'
    }

    It 'Forced_IsSealedAloneAndShown' {
        Set-VServerImmutable alone /etc/passwd -Force
        (Get-VServerImmutable alone).Path.ToString() | Should -Be '/etc/passwd'
        { Set-Content "$store/alone/etc/passwd" x -ErrorAction Stop } | Should -Throw
        Set-VServerImmutable alone /etc/passwd -Guard None
        Get-VServerImmutable alone | Should -BeNullOrEmpty
    }
}
