# What is left of a guest's network after every kind of end: nothing.
BeforeAll {
    . $PSScriptRoot/common.ps1
    . $PSScriptRoot/networks.ps1
    $store = New-TestStore
    $hostSpace = New-Space
    $null = New-VServerNetwork lan -Subnet 10.77.1.0/24, fd77:1::/64
    $null = New-NetworkGuest web @{ Network = 'lan'; Publish = '8080:80/tcp' }
    Invoke-EngineIn $hostSpace 'Start-VServer web; Stop-VServer web -TimeoutSec 1' | Out-Null
    $quiet = Get-SpaceState $hostSpace
}

AfterAll {
    Get-VServer -Store $store -ErrorAction Ignore | Stop-VServer -TimeoutSec 1 -ErrorAction Ignore
    Remove-Space $hostSpace
    Remove-TestStore $store
}

Describe 'Ends of guests on a network' {
    It 'Stopped_LeavesBridgeAndNetworksRulesAlone' {
        $quiet | Should -HaveCount 4
        Invoke-EngineIn $hostSpace 'Start-VServer web'
        Get-SpaceState $hostSpace | Should -HaveCount 7
        Stop-VServer web -TimeoutSec 1 | Out-Null
        Get-SpaceState $hostSpace | Should -Be $quiet
    }

    It 'EndedByItself_WithNobodyThere_LeavesNothing' {
        $null = New-NetworkGuest short @{ Network = 'lan'; Publish = '8081:80/tcp'; Init = 'Plain' } 'sleep 0.3'
        Invoke-EngineIn $hostSpace 'Start-VServer short'
        Wait-VServer short -State Stopped -TimeoutSec 60
        Get-SpaceState $hostSpace | Should -Be $quiet
        Remove-VServer short -Confirm:$false
    }

    It 'FailedStart_LeavesNothing' {
        $null = New-NetworkGuest broken @{ Network = 'lan'; Publish = '8081:80/tcp'; Init = 'Script' } 'exit 3'
        (Invoke-EngineIn $hostSpace 'Start-VServer broken') -join ' ' | Should -Match 'StartFailed'
        Get-SpaceState $hostSpace | Should -Be $quiet
        Set-VServer broken -Command /bin/missing
        (Invoke-EngineIn $hostSpace 'Start-VServer broken') -join ' ' | Should -Match 'CommandFailed|StartFailed'
        Get-SpaceState $hostSpace | Should -Be $quiet
        Remove-VServer broken -Confirm:$false
    }

    It 'SecondStart_LeavesTheRunningGuestItsRules' {
        Invoke-EngineIn $hostSpace 'Start-VServer web'
        $running = Get-SpaceState $hostSpace
        (Invoke-EngineIn $hostSpace 'Start-VServer web') -join ' ' | Should -Match 'GuestRunning'
        Get-SpaceState $hostSpace | Should -Be $running
        Stop-VServer web -TimeoutSec 1 | Out-Null
    }

    It 'MonitorKilled_NextCommandLeavesNothing' {
        Invoke-EngineIn $hostSpace 'Start-VServer web'
        $monitor = Get-Monitor web
        $monitor | Stop-Process -Force
        Wait-Until { -not (Test-Path "/proc/$($monitor.Id)/ns") } -What 'the end of the monitor'
        (Invoke-EngineIn $hostSpace '(Get-VServer web).State') | Should -Be 'Failed'
        Get-SpaceState $hostSpace | Should -Be $quiet
    }

    It 'BridgeAndRulesGone_TheNextStartMakesThemAgain' {
        Invoke-In $hostSpace nft flush ruleset
        Invoke-In $hostSpace ip link delete ($quiet -match '^vs.{8}b')[0]
        Invoke-EngineIn $hostSpace 'Start-VServer web' | Should -BeNullOrEmpty
        Test-In web 'ping -c 1 -W 20 10.77.1.1' | Should -BeTrue
        Stop-VServer web -TimeoutSec 1 | Out-Null
        Get-SpaceState $hostSpace | Sort-Object | Should -Be ($quiet | Sort-Object)
    }

    It 'OthersRules_AreLeftAlone' {
        Invoke-In $hostSpace nft 'add table inet mine; add chain inet mine c { type filter hook input priority 0; policy accept; }; add rule inet mine c tcp dport 22 accept'
        $mine = Invoke-In $hostSpace nft list table inet mine
        Invoke-EngineIn $hostSpace 'Start-VServer web; Stop-VServer web -TimeoutSec 1; Remove-VServerNetwork lan -Force -Confirm:$false' | Out-Null
        Invoke-In $hostSpace nft list table inet mine | Should -Be $mine
        Get-SpaceState $hostSpace | Should -Be 'lo', 'table inet mine'
        (Get-VServer web).Network | Should -Be 'None'
        Invoke-In $hostSpace nft delete table inet mine
    }

    It 'WithoutNft_AGuestOnANetworkIsRefused_AndOneWithoutStarts' {
        $null = New-VServerNetwork lan -Subnet 10.77.1.0/24
        $null = New-NetworkGuest plain
        Set-VServer web -Network lan
        # All of root's programs out of sight, nft among them.
        $hidden = 'unshare', '--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /usr/sbin && exec "$0" "$@"'
        Invoke-EngineIn $hostSpace 'Start-VServer plain; (Get-VServer plain).State' $hidden | Should -Be 'Running'
        $refusal = (Invoke-EngineIn $hostSpace 'Start-VServer web' $hidden) -join ' '
        $refusal | Should -Match 'ProgramMissing'
        $refusal | Should -Match 'nftables'
        (Get-VServer web).State | Should -Be 'Stopped'
        Stop-VServer plain -TimeoutSec 1 | Out-Null
    }
}
