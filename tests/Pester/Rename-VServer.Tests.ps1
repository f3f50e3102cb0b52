BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    New-PackagedTree "$store/.tree"
    $null = New-VServer ref -Path "$store/.tree"
}

AfterAll { Remove-TestStore $store }

Describe 'Rename-VServer' {
    BeforeEach { $null = Copy-VServer ref web1, web2 }

    AfterEach { Get-VServer | Where-Object Name -NE ref | Remove-VServer -Force -Confirm:$false }

    It 'Guest_IsTheSameUnderTheNewName' {
        $before = Get-VServer web1
        $inode = stat -c %i "$store/web1"
        $guest = Rename-VServer web1 www -PassThru
        $guest.Name | Should -Be 'www'
        $guest.IdBase | Should -Be $before.IdBase
        stat -c %i "$store/www" | Should -Be $inode
        (Get-VServer).Name | Should -Be 'ref', 'web2', 'www'
        Test-Path "$store/web1" | Should -BeFalse
        find "$store/.vserver" -name 'web1*' | Should -BeNullOrEmpty
        Get-Content "$store/www/etc/hostname" | Should -Be 'www'
        Start-VServer www
        Invoke-VServerCommand www -ArgumentList hostname | Should -Be 'www'
    }

    It 'HostNameOfItsOwn_Stays' {
        Set-VServer web1 -HostName shop.example.org
        (Rename-VServer web1 www -PassThru).HostName | Should -Be 'shop.example.org'
    }

    It 'Log_GoesWithIt' {
        Set-VServer web1 -Command /bin/sh, -c, 'echo hello; sleep 100'
        Start-VServer web1
        Wait-Until { (Get-Content "$store/.vserver/log/web1.log" -ErrorAction Ignore) -match 'hello' }
        $null = Stop-VServer web1
        Rename-VServer web1 www
        Get-Content "$store/.vserver/log/www.log" | Should -Contain 'hello'
    }

    It 'GuestsMadeFromIt_KnowTheNewName' {
        $null = Copy-VServer web1 web3
        Rename-VServer web1 www
        (Get-VServer web3).Reference | Should -Be 'www'
        (Get-VServer web2).Reference | Should -Be 'ref'
    }

    It 'ScriptBlock_MakesEachName' {
        Get-VServer web* | Rename-VServer -NewName { $_.Name -replace 'web', 'www' }
        (Get-VServer).Name | Should -Be 'ref', 'www1', 'www2'
    }

    It 'Interrupted_IsFinishedByAskingAgain' {
        $config = Get-Content "$store/.vserver/guests/web1.json" -Raw
        Set-Content "$store/.vserver/guests/www.json" ($config -replace '"name": "web1"', '"name": "www"')
        Rename-VServer web1 www -ErrorAction Stop
        (Get-VServer).Name | Should -Be 'ref', 'web2', 'www'
        Test-Path "$store/www/bin/bash" | Should -BeTrue
        # Killed after the tree was moved.
        $config = Get-Content "$store/.vserver/guests/www.json" -Raw
        Set-Content "$store/.vserver/guests/shop.json" ($config -replace '"name": "www"', '"name": "shop"')
        mv "$store/www" "$store/shop"
        Rename-VServer www shop -ErrorAction Stop
        (Get-VServer).Name | Should -Be 'ref', 'shop', 'web2'
    }

    It 'TakenName_IsRefused' {
        { Rename-VServer web1 web2 -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,VServer.Commands.RenameVServerCommand'
        { Rename-VServer web1 web1 -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,VServer.Commands.RenameVServerCommand'
        (Get-VServer).Name | Should -Be 'ref', 'web1', 'web2'
    }

    It 'RunningGuest_IsRefused' {
        Start-VServer web1
        { Rename-VServer web1 www -ErrorAction Stop } | Should -Throw -ErrorId 'GuestRunning,VServer.Commands.RenameVServerCommand'
    }

    It 'WhatIf_ChangesNothing' {
        Rename-VServer web1 www -WhatIf -PassThru | Should -BeNullOrEmpty
        (Get-VServer).Name | Should -Be 'ref', 'web1', 'web2'
    }

    It 'Bad name <name>_ChangesNothing' -ForEach @(@{ name = '../x' }, @{ name = 'a/b' }, @{ name = '' }) {
        { Rename-VServer web1 $name -ErrorAction Stop } | Should -Throw
        (Get-VServer).Name | Should -Be 'ref', 'web1', 'web2'
    }
}
