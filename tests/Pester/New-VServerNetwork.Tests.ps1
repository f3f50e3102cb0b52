BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/networks.ps1
    $store = New-TestStore
}

AfterAll { Remove-TestStore $store }

Describe 'New-VServerNetwork' {
    AfterEach { Get-VServer | Remove-VServer -Confirm:$false; Remove-VServerNetwork * -Confirm:$false }

    It 'Given_MakesItsConfigurationAndNothingOnTheHost' {
        $network = New-VServerNetwork lan -Subnet 10.77.1.0/24, fd77:1::/64 -Masquerade -Description 'for tests'
        $network.psobject.TypeNames[0] | Should -Be 'VServer.Network'
        $network.HostAddress | Should -Be '10.77.1.1', 'fd77:1::1'
        $network.Masquerade | Should -BeTrue
        $network.Active | Should -BeFalse
        $network.Bridge.Length | Should -BeLessOrEqual 15
        Test-Path "/proc/sys/net/ipv4/conf/$($network.Bridge)" | Should -BeFalse
        Test-Json -Path "$store/.vserver/networks/lan.json" -SchemaFile "$Root/docs/design/network.schema.json" | Should -BeTrue
    }

    It 'ByPropertyName_MakesAll' {
        $made = [pscustomobject]@{ Name = 'one'; Subnet = '10.77.1.0/24' }, [pscustomobject]@{ Name = 'two'; Subnet = '10.77.2.0/24' } | New-VServerNetwork
        $made.Name | Should -Be 'one', 'two'
        $made.Bridge | Select-Object -Unique | Should -HaveCount 2
    }

    It 'WhatIf_MakesNothing' {
        New-VServerNetwork lan -Subnet 10.77.1.0/24 -WhatIf
        Get-VServerNetwork | Should -BeNullOrEmpty
    }

    It 'BadInput_<Id>_IsOneErrorAndMakesNothing' -ForEach @(
        @{ Id = 'NameInvalid'; Name = 'Host'; Subnet = '10.77.1.0/24' }
        @{ Id = 'NameInvalid'; Name = '../lan'; Subnet = '10.77.1.0/24' }
        @{ Id = 'SubnetInvalid'; Name = 'lan'; Subnet = '10.77.1.5/24' }
        @{ Id = 'SubnetInvalid'; Name = 'lan'; Subnet = 'lan' }
        @{ Id = 'SubnetTaken'; Name = 'lan'; Subnet = '10.88.0.0/16' }
        @{ Id = 'NameTaken'; Name = 'there'; Subnet = '10.77.1.0/24' }
    ) {
        $null = New-VServerNetwork there -Subnet 10.88.1.0/24
        { New-VServerNetwork $Name -Subnet $Subnet -ErrorAction Stop } | Should -Throw -ErrorId "$Id,VServer.Commands.NewVServerNetworkCommand"
        (Get-VServerNetwork).Name | Should -Be 'there'
    }

    It 'SubnetOfTheHost_IsRefused' {
        $space = New-Space
        try {
            Invoke-In $space ip link add up0 type veth peer name up1
            Invoke-In $space ip address add 10.77.1.200/25 dev up0
            (Invoke-EngineIn $space 'New-VServerNetwork lan -Subnet 10.77.0.0/16') -join ' ' | Should -Match "up0.*SubnetTaken"
        }
        finally { Remove-Space $space }
    }

    It 'Guests_GetAddressesOfTheirOwn' {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24
        (New-NetworkGuest one @{ Network = 'lan' }).Addresses | Should -Be '10.77.1.2'
        (New-NetworkGuest two @{ Network = 'lan'; Address = '10.77.1.5', '10.77.1.6' }).Addresses | Should -Be '10.77.1.5', '10.77.1.6'
        { New-NetworkGuest three @{ Network = 'lan'; Address = '10.77.1.6'; ErrorAction = 'Stop' } } | Should -Throw -ErrorId 'AddressTaken,*'
        { New-NetworkGuest four @{ Network = 'wan'; ErrorAction = 'Stop' } } | Should -Throw -ErrorId 'NetworkNotFound,*'
        (Get-VServer).Name | Should -Be 'one', 'two'
        Test-Json -Path "$store/.vserver/guests/two.json" -SchemaFile "$Root/docs/design/guest.schema.json" | Should -BeTrue
    }

    It 'ManyAtOnce_NoTwoGuestsGetOneAddress' {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24, fd77:1::/64
        1..16 | ForEach-Object { $null = New-Item -ItemType Directory "$store/.many$_/etc" -Force }
        $made = 1..16 | ForEach-Object -ThrottleLimit 8 -Parallel {
            Import-Module $using:Module
            New-VServer "many$_" -Path "$using:store/.many$_" -Network lan -Publish "$(9000 + $_):80" -Store $using:store
        }
        $made.Addresses | Sort-Object -Unique | Should -HaveCount 32
    }

    It 'Copy_HasAddressesOfItsOwnAndNoPorts' {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24
        $null = New-NetworkGuest one @{ Network = 'lan'; Publish = '8080:80' }
        Copy-VServer one two, three -Scope Tree | Out-Null
        $copies = Get-VServer two, three
        $copies.Network | Should -Be 'lan', 'lan'
        $copies.Addresses | Should -Be '10.77.1.3', '10.77.1.4'
        $copies.Publish | Should -BeNullOrEmpty
    }

    It 'Rename_KeepsNetworkAddressesAndPorts' {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24
        $null = New-NetworkGuest one @{ Network = 'lan'; Address = '10.77.1.7'; Publish = '8080:80' }
        $renamed = Rename-VServer one uno -PassThru
        $renamed.Network, $renamed.Addresses, $renamed.Publish | Should -Be 'lan', '10.77.1.7', '8080:80/tcp'
        (Get-VServerNetwork lan).Guests | Should -Be 'uno'
    }

    It 'Set_ChangesNetworkAddressesAndPorts' {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24
        $null = New-VServerNetwork dmz -Subnet 10.77.2.0/24
        $null = New-NetworkGuest one
        $null = New-NetworkGuest two @{ Network = 'dmz'; Publish = '8080:80' }
        { Set-VServer one -Address 10.77.1.5 -ErrorAction Stop } | Should -Throw -ErrorId 'AddressInvalid,*'
        (Set-VServer one -Network lan -PassThru).Addresses | Should -Be '10.77.1.2'
        (Set-VServer one -Address 10.77.1.9 -Publish 8081:80, 53:53/udp -PassThru).Publish | Should -Be '8081:80/tcp', '53:53/udp'
        { Set-VServer one -Publish 8080:1 -ErrorAction Stop } | Should -Throw -ErrorId 'PortTaken,*'
        (Set-VServer one -Description x -PassThru).Addresses | Should -Be '10.77.1.9'
        (Set-VServer one -Network dmz -PassThru).Addresses | Should -Be '10.77.2.3'
        $host1 = Set-VServer one -Network host -PassThru
        $host1.Network | Should -Be 'Host'
        @($host1.Addresses) + @($host1.Publish) | Should -BeNullOrEmpty
        (Get-VServer one | Out-String) | Should -Match '\bHost\b'
    }

    It 'Network_IsCompleted' {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24
        (TabExpansion2 'New-VServer x -Network ' -cursorColumn 23).CompletionMatches.CompletionText | Should -Be 'None', 'Host', 'lan'
    }
}
