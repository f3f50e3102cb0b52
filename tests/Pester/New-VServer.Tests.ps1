BeforeAll {
    . $PSScriptRoot/common.ps1
    $store = New-TestStore
    $null = New-VServerTemplate ref -FromHost -Package bash
}

AfterAll { Remove-TestStore $store }

Describe 'New-VServer -Template' {
    AfterEach { Get-VServer | Remove-VServer -Force -Confirm:$false }

    It 'TwoNames_GiveTwoGuests' {
        $guests = New-VServer web1, web2 -Template ref
        $guests.Name | Should -Be 'web1', 'web2'
        $guests.State | Should -Be 'Stopped', 'Stopped'
        $guests.Reference | Should -Be 'ref', 'ref'
        $guests.HostName | Should -Be 'web1', 'web2'
        $guests[0].IdBase | Should -Not -Be $guests[1].IdBase
        $guests[0].IdBase % 65536 | Should -Be 0
    }

    It 'PackageFiles_AreOneInode' {
        $null = New-VServer web1 -Template ref
        stat -c %i "$store/web1/bin/bash" | Should -Be (stat -c %i "$store/ref/bin/bash")
    }

    It 'Configuration_IsCopied' {
        $null = New-VServer web1 -Template ref
        $file = '/etc/bash.bashrc'
        stat -c %i "$store/web1$file" | Should -Not -Be (stat -c %i "$store/ref$file")
        Get-Content "$store/web1$file" | Should -Be (Get-Content "$store/ref$file")
    }

    It 'Identity_IsEachItsOwn' {
        $null = New-VServer web1, web2 -Template ref
        Get-Content "$store/web1/etc/hostname" | Should -Be 'web1'
        $ids = Get-Content "$store/web1/etc/machine-id", "$store/web2/etc/machine-id"
        $ids[0] | Should -Match '^[0-9a-f]{32}$'
        $ids[0] | Should -Not -Be $ids[1]
    }

    It 'HostName_IsTaken' {
        (New-VServer web1 -Template ref -HostName www.example.org).HostName | Should -Be 'www.example.org'
    }

    It 'Options_AreKept' {
        $guest = New-VServer web1 -Template ref -TrustGroup red -Network Host -Privileged -Init Plain -Command /bin/bash, -c, 'sleep 100'
        $guest.TrustGroup | Should -Be 'red'
        $guest.Network | Should -Be 'Host'
        $guest.Privileged | Should -BeTrue
        $guest.Init | Should -Be 'Plain'
    }

    It 'Pipeline_GivesNamesAndProperties' {
        $guests = [pscustomobject]@{ Name = 'a1'; Template = 'ref'; HostName = 'first' }, [pscustomobject]@{ Name = 'a2'; Template = 'ref'; HostName = 'second' } | New-VServer
        $guests.HostName | Should -Be 'first', 'second'
    }

    It 'TemplateObject_IsTakenFromItsStore' {
        $template = Get-VServerTemplate ref
        (New-VServer web1 -Template $template).Store | Should -Be $store
    }

    It 'TakenName_IsAnErrorForItAlone' {
        $null = New-VServer web1 -Template ref
        (New-VServer web1, web2 -Template ref -ErrorVariable failure -ErrorAction SilentlyContinue).Name | Should -Be 'web2'
        $failure[0].FullyQualifiedErrorId | Should -Be 'NameTaken,VServer.Commands.NewVServerCommand'
        $failure[0].TargetObject | Should -Be 'web1'
    }

    It 'TemplatesName_IsTaken' {
        { New-VServer ref -Template ref -ErrorAction Stop } | Should -Throw -ErrorId 'NameTaken,VServer.Commands.NewVServerCommand'
    }

    It 'UnknownTemplate_IsOneErrorForAll' {
        New-VServer web1, web2 -Template nothing -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure | Should -HaveCount 1
        $failure[0].FullyQualifiedErrorId | Should -Be 'TemplateNotFound,VServer.Commands.NewVServerCommand'
    }

    It 'WhatIf_MakesNothing' {
        New-VServer web1 -Template ref -WhatIf | Should -BeNullOrEmpty
        Get-VServer | Should -BeNullOrEmpty
        Test-Path "$store/web1" | Should -BeFalse
    }

    It 'Bad name <name>_ChangesNothing' -ForEach @(@{ name = '../x' }, @{ name = 'a/b' }, @{ name = '.hidden' }, @{ name = '' }) {
        { New-VServer $name -Template ref -ErrorAction Stop } | Should -Throw
        Get-VServer | Should -BeNullOrEmpty
    }
}

Describe 'New-VServer -Path' {
    AfterEach { Get-VServer | Remove-VServer -Force -Confirm:$false }

    It 'Tree_BecomesTheGuests' {
        New-TestTree "$store/.tree"
        $inode = stat -c %i "$store/.tree/bin/sh"
        $guest = New-VServer adopted -Path "$store/.tree"
        $guest.Path | Should -Be "$store/adopted"
        $guest.Reference | Should -BeNullOrEmpty
        stat -c %i "$store/adopted/bin/sh" | Should -Be $inode
        Test-Path "$store/.tree" | Should -BeFalse
    }

    It 'RelativePath_IsResolvedByTheShell' {
        New-TestTree "$store/.tree"
        Push-Location $store
        try { (New-VServer adopted -Path ./.tree).Name | Should -Be 'adopted' }
        finally { Pop-Location }
    }

    It 'TwoNames_AreRefused' {
        New-TestTree "$store/.tree"
        { New-VServer one, two -Path "$store/.tree" -ErrorAction Stop } | Should -Throw -ErrorId 'TreeInvalid,VServer.Commands.NewVServerCommand'
        Test-Path "$store/.tree/bin/sh" | Should -BeTrue
        Remove-Item "$store/.tree" -Recurse -Force
    }

    It 'MissingTree_IsAnError' {
        { New-VServer one -Path "$store/nothing" -ErrorAction Stop } | Should -Throw -ErrorId 'Tree*,VServer.Commands.NewVServerCommand'
    }

    It 'OtherFileSystem_IsRefusedAndBothAreNamed' {
        $tree = "/dev/shm/vserver-test.$PID"
        New-TestTree $tree
        try {
            { New-VServer one -Path $tree -ErrorAction Stop } | Should -Throw -ErrorId 'FileSystemsDiffer,VServer.Commands.NewVServerCommand' -ExpectedMessage "*$store*$tree*"
            Test-Path "$tree/bin/sh" | Should -BeTrue
        }
        finally {
            Remove-Item $tree -Recurse -Force
        }
    }
}
