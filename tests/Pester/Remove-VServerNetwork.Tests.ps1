BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/networks.ps1
    $store = New-TestStore
    $hostSpace = New-Space
}

AfterAll {
    Get-VServer -Store $store -ErrorAction Ignore | Stop-VServer -TimeoutSec 1 -ErrorAction Ignore
    Remove-Space $hostSpace
    Remove-TestStore $store
}

Describe 'Remove-VServerNetwork' {
    BeforeEach {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24 -Masquerade
        $null = New-VServerNetwork dmz -Subnet 10.77.2.0/24 -Masquerade
    }

    AfterEach {
        Get-VServer | Stop-VServer -TimeoutSec 1
        Get-VServer | Remove-VServer -Confirm:$false
        Invoke-EngineIn $hostSpace 'Remove-VServerNetwork * -Confirm:$false'
    }

    It 'Pattern_RemovesWhatItMatches' {
        Remove-VServerNetwork l* -Confirm:$false
        (Get-VServerNetwork).Name | Should -Be 'dmz'
    }

    It 'Unknown_IsAnErrorAndTheOthersGo' {
        Remove-VServerNetwork wan, lan -Confirm:$false -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -Be 'NetworkNotFound,VServer.Commands.RemoveVServerNetworkCommand'
        (Get-VServerNetwork).Name | Should -Be 'dmz'
    }

    It 'WhatIf_RemovesNothing' {
        Get-VServerNetwork | Remove-VServerNetwork -WhatIf
        (Get-VServerNetwork).Name | Should -Be 'dmz', 'lan'
    }

    It 'InUse_IsRefusedAndNamesTheGuests' {
        $null = New-NetworkGuest web @{ Network = 'lan' }
        { Remove-VServerNetwork lan -Confirm:$false -ErrorAction Stop } | Should -Throw 'The network ''lan'' was not removed*web*' -ErrorId 'NetworkInUse,*'
        (Get-VServer web).Network | Should -Be 'lan'
    }

    It 'Forced_StopsItsGuestsAndPutsTheHostBack' {
        Invoke-In $hostSpace ip link add up0 type veth peer name up1
        Invoke-In $hostSpace ip link set up0 up
        $null = New-NetworkGuest web @{ Network = 'lan' }
        $null = New-NetworkGuest shop @{ Network = 'dmz' }
        Invoke-EngineIn $hostSpace 'Start-VServer *'
        Invoke-In $hostSpace cat /proc/sys/net/ipv4/conf/up0/forwarding | Should -Be '1'

        Invoke-EngineIn $hostSpace 'Remove-VServerNetwork lan -Force -Confirm:$false' | Should -BeNullOrEmpty
        (Get-VServer web).State | Should -Be 'Stopped'
        (Get-VServer web).Network | Should -Be 'None'
        (Get-VServer web).Addresses | Should -BeNullOrEmpty
        (Get-VServer shop).State | Should -Be 'Running'
        Invoke-In $hostSpace cat /proc/sys/net/ipv4/conf/up0/forwarding | Should -Be '1'

        Invoke-EngineIn $hostSpace 'Remove-VServerNetwork dmz -Force -Confirm:$false' | Should -BeNullOrEmpty
        Get-SpaceState $hostSpace | Sort-Object | Should -Be 'lo', 'up0', 'up1'
        Invoke-In $hostSpace cat /proc/sys/net/ipv4/conf/up0/forwarding | Should -Be '0'
        Invoke-In $hostSpace ip link delete up0
    }
}
